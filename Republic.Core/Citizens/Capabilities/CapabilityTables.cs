using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Citizens.Capabilities;

internal sealed class CapabilityTables : IEntityTypeConfiguration<Capability>, IEntityTypeConfiguration<CapabilityEntry>
{
    public void Configure(EntityTypeBuilder<Capability> capability)
    {
        capability.ToTable("Capabilities");
        capability.Property(c => c.Name).HasMaxLength(Capability.MaxName);
        capability.Property(c => c.NormalizedName).HasMaxLength(Capability.MaxName);
        capability.Property(c => c.Description).HasMaxLength(Capability.MaxDescription);
        capability.HasOne<Citizen>().WithMany().HasForeignKey(c => c.CitizenId).OnDelete(DeleteBehavior.Cascade);
        capability.HasIndex(c => new { c.CitizenId, c.NormalizedName }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<CapabilityEntry> entry)
    {
        entry.ToTable("CapabilityEntries");
        entry.Property(e => e.SourceType).HasMaxLength(CapabilityEntry.MaxSourceType);
        entry.Property(e => e.Note).HasMaxLength(CapabilityEntry.MaxNote);
        entry.HasOne<Capability>().WithMany().HasForeignKey(e => e.CapabilityId).OnDelete(DeleteBehavior.Cascade);
        entry.HasOne<Citizen>().WithMany().HasForeignKey(e => e.CitizenId).OnDelete(DeleteBehavior.Cascade);
        entry.HasIndex(e => e.CapabilityId);
        // What was done is counted once, for whichever capability; an episode once for each that was shown in it.
        entry
            .HasIndex(e => new
            {
                e.CitizenId,
                e.SourceType,
                e.SourceId,
                e.Round,
                e.IsFeedback,
            })
            .IsUnique()
            .HasFilter($"source_type <> '{CapabilityEntry.EpisodeSource}'");
        entry
            .HasIndex(e => new
            {
                e.CitizenId,
                e.CapabilityId,
                e.SourceId,
                e.Round,
                e.IsFeedback,
            })
            .IsUnique()
            .HasFilter($"source_type = '{CapabilityEntry.EpisodeSource}'");
    }
}
