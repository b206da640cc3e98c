using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

internal sealed class TrainingScheduleTable : IEntityTypeConfiguration<TrainingSchedule>
{
    public void Configure(EntityTypeBuilder<TrainingSchedule> schedule)
    {
        schedule.Property(s => s.Name).HasMaxLength(TrainingTables.MaxName);
        schedule.Property(s => s.Origin).HasDefaultValue(RunOrigin.Datasets).HasSentinel(RunOrigin.Datasets);
        schedule.Property(s => s.TimeZone).HasMaxLength(64);
        schedule.Property(s => s.Config).IsJson(TrainingJson.Options);
        schedule.Property(s => s.SeenVersions).IsJson(TrainingJson.Options);
        schedule.Ignore(s => s.Time);
        schedule.Ignore(s => s.Continues);
        schedule.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
        schedule.HasOne<Minion>().WithMany().HasForeignKey(s => s.MinionId).OnDelete(DeleteBehavior.Cascade);
        schedule.HasIndex(s => new { s.OwnerId, s.Id });
        schedule.HasIndex(s => s.MinionId);
        schedule.HasIndex(s => new { s.OwnerId, s.MinionId }).IsUnique().HasFilter($"origin = '{nameof(RunOrigin.Interactions)}'");
        schedule.HasIndex(s => s.WorkId);
        schedule.HasIndex(s => s.WorkEndsAt).HasFilter("work_ends_at is not null");
        schedule.HasIndex(s => s.NextAt).HasFilter("next_at is not null");
    }
}
