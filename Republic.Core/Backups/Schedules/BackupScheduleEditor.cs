using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Times;

namespace Republic.Core.Backups.Schedules;

/// <summary>Changes the schedule of backups. <see cref="BackupSweep"/> keeps it.</summary>
public sealed class BackupScheduleEditor(RepublicDb db, AuditLog audit, TimeProvider time)
{
    /// <summary>Plans the next time anew. All that is wrong is said at once, and nothing is changed then.</summary>
    public async Task<Outcome<BackupSchedule>> ChangeAsync(Guid by, BackupScheduleInput input, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(by, ct))
        {
            return Failure.Forbidden("Only a superuser plans backups.");
        }

        await AdvisoryLocks.TakeAsync(db, Guid.Empty, AdvisoryLocks.Additions, ct);
        var saved = await db.BackupSchedules.SingleOrDefaultAsync(ct);
        var schedule = saved ?? new BackupSchedule();
        if (Apply(schedule, input) is { } problem)
        {
            return problem;
        }

        (schedule.ChangedBy, schedule.ChangedAt) = (by, time.GetUtcNow());
        schedule.Plan(time.GetUtcNow());
        if (saved is null)
        {
            db.BackupSchedules.Add(schedule);
        }

        await audit.CommitAsync(db, by, AuditActions.BackupsPlanned, $"{schedule.Sentence}; {schedule.Keep} kept", ct);
        return schedule;
    }

    private static Failure? Apply(BackupSchedule schedule, BackupScheduleInput input)
    {
        List<FieldError> errors = [];
        var isOff = string.Equals(input.Day?.Trim(), BackupSchedule.Off, StringComparison.OrdinalIgnoreCase);
        var at = ScheduleTimeParser.Parse(schedule.Time, isOff ? null : input.Day, input.At, until: null, input.TimeZone, errors);
        errors.AddRange(at.Problems());
        var keep = input.Keep ?? schedule.Keep;
        if (keep is < BackupSchedule.MinKept or > BackupSchedule.MaxKept)
        {
            errors.Add(new("keep", $"Keep {BackupSchedule.MinKept} to {BackupSchedule.MaxKept} backups."));
        }

        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        (schedule.Time, schedule.Keep) = (at, keep);
        schedule.IsOn = input.Day is null ? schedule.IsOn : !isOff;
        return null;
    }
}
