using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.Minions;

internal sealed class MinionTable : IEntityTypeConfiguration<Minion>, IEntityTypeConfiguration<MinionVersion>
{
    public void Configure(EntityTypeBuilder<Minion> minion)
    {
        minion.HasOne(m => m.Citizen).WithOne().HasForeignKey<Minion>(m => m.Id).OnDelete(DeleteBehavior.Cascade);
        minion.Navigation(m => m.Citizen).AutoInclude();
        minion.HasOne<Person>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Cascade);
        minion.HasIndex(m => new { m.OwnerId, m.Name }).IsUnique().HasFilter("deleted_at is null");
        minion.HasIndex(m => m.RepublicId).IsUnique();
        minion.HasIndex(m => m.RepublicKeyHash).IsUnique();
        minion.Property(m => m.RepublicKeyOrigins).HasDefaultValueSql("'{}'");
        minion.HasIndex(m => m.Id).HasDatabaseName("ix_minions_with_origins").HasFilter("cardinality(republic_key_origins) > 0");
        minion.Property(m => m.Name).HasMaxLength(100);
        minion.Property(m => m.Provider).HasMaxLength(64);
        minion.Property(m => m.ModelId).HasMaxLength(300);
        minion.Property(m => m.BaseUrl).HasMaxLength(2000);
        minion.Property(m => m.RepublicId).HasMaxLength(64);
        minion.Property(m => m.Experience).HasPrecision(12, 2);
        minion.Property(m => m.Adapter).HasMaxLength(64);
        minion.HasOne<Credential>().WithMany().HasForeignKey(m => m.CredentialId).OnDelete(DeleteBehavior.SetNull);
        minion.Property(m => m.Fallbacks).IsJson();
        minion.Property(m => m.StyleAdapter).HasMaxLength(64);
        minion.Property(m => m.StyleModel).HasMaxLength(300);
        minion.Property(m => m.Pipeline).IsJson();
        minion.Property(m => m.Pipeline).HasDefaultValueSql("'{}'::jsonb");
        minion.Property(m => m.ImportedFigures).IsJson();
        minion.Ignore(m => m.Level);
        minion.Ignore(m => m.SuccessRate);
    }

    public void Configure(EntityTypeBuilder<MinionVersion> version)
    {
        version.ToTable("MinionVersions");
        version.Property(v => v.Provider).HasMaxLength(64);
        version.Property(v => v.ModelId).HasMaxLength(300);
        version.Property(v => v.Adapter).HasMaxLength(64);
        version.Property(v => v.StyleAdapter).HasMaxLength(64);
        version.Property(v => v.StyleModel).HasMaxLength(300);
        version.Property(v => v.AdapterSha256).HasMaxLength(64);
        version.Property(v => v.BaseSha256).HasMaxLength(64);
        version.Property(v => v.Imported).IsJson();
        version.Property(v => v.DatasetIds).HasDefaultValueSql("'{}'");
        version.HasOne<Minion>().WithMany().HasForeignKey(v => v.MinionId).OnDelete(DeleteBehavior.Cascade);
        version.HasIndex(v => new { v.MinionId, v.Number }).IsUnique();
    }
}
