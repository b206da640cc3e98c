using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Times;

namespace Republic.Core.Training.Schedules;

/// <summary>Reads schedules as their owners see them, with the minion's name and what became of the last run.</summary>
internal static class ScheduleCards
{
    public static async Task<List<ScheduleCard>> ReadAsync(RepublicDb db, IQueryable<TrainingSchedule> schedules, CancellationToken ct)
    {
        var rows = await schedules
            .AsNoTracking()
            .Select(s => new
            {
                Schedule = s,
                Minion = db.Minions.Where(m => m.Id == s.MinionId).Select(m => m.Citizen.DisplayName).First(),
                Stopped = db
                    .Jobs.Where(work => work.Id == s.WorkId && work.Status == JobStatus.Paused)
                    .Where(work => db.TrainingJobs.Any(job => job.WorkId == work.Id && job.MinionId == s.MinionId))
                    .Select(work => work.Error)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return rows.ConvertAll(row => Card(row.Schedule, row.Minion, row.Stopped));
    }

    private static ScheduleCard Card(TrainingSchedule schedule, string minion, string? stopped) =>
        new(
            schedule.Id,
            schedule.Name,
            schedule.MinionId,
            minion,
            schedule.Origin,
            schedule.DatasetIds,
            schedule.Config.TrainingType,
            schedule.Config.CollectionIds,
            schedule.Config,
            schedule.Day?.ToString().ToLowerInvariant() ?? ScheduleTimeParser.EveryDay,
            schedule.At.ToString("HH:mm", CultureInfo.InvariantCulture),
            schedule.Until?.ToString("HH:mm", CultureInfo.InvariantCulture),
            schedule.TimeZone,
            schedule.Time.Sentence,
            schedule.IsPaused,
            schedule.NextAt,
            schedule.LastRun,
            schedule.LastAt,
            schedule.Skipped,
            stopped is null ? null : $"{stopped} {schedule.Continues}".TrimEnd()
        );
}
