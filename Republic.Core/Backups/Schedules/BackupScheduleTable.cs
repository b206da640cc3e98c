using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Backups.Schedules;

internal sealed class BackupScheduleTable : IEntityTypeConfiguration<BackupSchedule>
{
    public void Configure(EntityTypeBuilder<BackupSchedule> schedule)
    {
        schedule.Property(s => s.Id).ValueGeneratedNever();
        schedule.Property(s => s.TimeZone).HasMaxLength(64);
        schedule.Ignore(s => s.Time);
        schedule.Ignore(s => s.DayName);
        schedule.Ignore(s => s.Sentence);
        schedule.Ignore(s => s.Interval);
        schedule.HasOne<Person>().WithMany().HasForeignKey(s => s.ChangedBy).OnDelete(DeleteBehavior.SetNull);
    }
}
