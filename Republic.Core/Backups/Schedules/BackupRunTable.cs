using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Backups.Schedules;

internal sealed class BackupRunTable : IEntityTypeConfiguration<BackupRun>
{
    public void Configure(EntityTypeBuilder<BackupRun> run)
    {
        run.Property(r => r.FileName).HasMaxLength(100);
        run.Property(r => r.Status).HasMaxLength(32);
        run.HasIndex(r => r.FileName).IsUnique();
        run.HasIndex(r => new { r.Status, r.StartedAt });
    }
}
