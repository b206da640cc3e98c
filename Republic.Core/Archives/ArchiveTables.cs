using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;

namespace Republic.Core.Archives;

internal sealed class ArchiveTables : IEntityTypeConfiguration<AccountExport>, IEntityTypeConfiguration<AccountImport>
{
    private const int MaxName = 200;

    public void Configure(EntityTypeBuilder<AccountExport> export)
    {
        export.ToTable("AccountExports");
        export.Property(e => e.FileName).HasMaxLength(MaxName);
        export.HasOne<Person>().WithMany().HasForeignKey(e => e.OwnerId).OnDelete(DeleteBehavior.Cascade);
        export.HasIndex(e => new { e.OwnerId, e.CreatedAt });
        export.HasIndex(e => e.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<AccountImport> import)
    {
        import.ToTable("AccountImports");
        import.Property(i => i.FileName).HasMaxLength(MaxName);
        import.Property(i => i.Contents).IsJson();
        import.Property(i => i.Selection).IsJson();
        import.Property(i => i.Progress).IsJson();
        import.HasOne<Person>().WithMany().HasForeignKey(i => i.OwnerId).OnDelete(DeleteBehavior.Cascade);
        import.HasIndex(i => new { i.OwnerId, i.CreatedAt });
        import.HasIndex(i => i.ExpiresAt);
    }
}
