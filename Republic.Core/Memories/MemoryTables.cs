using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Memories;

internal sealed class MemoryTables
    : IEntityTypeConfiguration<Memory>,
        IEntityTypeConfiguration<MemoryConflict>,
        IEntityTypeConfiguration<MemorySettings>
{
    public const int MaxContent = 2000;

    public void Configure(EntityTypeBuilder<Memory> memory)
    {
        memory.ToTable("Memories");
        memory.Property(m => m.Content).HasMaxLength(MaxContent);
        memory.HasOne<Person>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Cascade);
        memory.HasOne<Minion>().WithMany().HasForeignKey(m => m.MinionId).OnDelete(DeleteBehavior.Cascade);
        memory.HasIndex(m => new
        {
            m.OwnerId,
            m.MinionId,
            m.Status,
        });
        memory.Property(m => m.MetaData).IsJson();
        memory.HasIndex(m => m.MessageId);
        memory.HasIndex(m => new { m.OwnerId, m.Hash });
    }

    public void Configure(EntityTypeBuilder<MemoryConflict> conflict)
    {
        conflict.ToTable("MemoryConflicts");
        conflict.HasOne<Memory>().WithMany().HasForeignKey(c => c.OlderId).OnDelete(DeleteBehavior.Cascade);
        conflict.HasOne<Memory>().WithMany().HasForeignKey(c => c.NewerId).OnDelete(DeleteBehavior.Cascade);
        conflict.HasIndex(c => new { c.OlderId, c.NewerId }).IsUnique();
        conflict.HasIndex(c => c.OwnerId);
    }

    public void Configure(EntityTypeBuilder<MemorySettings> settings)
    {
        settings.ToTable("MemorySettings");
        settings.HasKey(s => s.PersonId);
        settings.Property(s => s.Embedding).IsJson();
        settings.HasOne<Person>().WithOne().HasForeignKey<MemorySettings>(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
