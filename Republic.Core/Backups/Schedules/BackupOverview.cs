namespace Republic.Core.Backups.Schedules;

/// <summary>How it stands with the backups.</summary>
/// <param name="Backups">The newest first.</param>
/// <param name="Last">The newest that can be restored; null where there is none.</param>
/// <param name="Age">Of the last; null where there is none.</param>
public sealed record BackupOverview(IReadOnlyList<BackupCard> Backups, BackupSchedule Schedule, BackupCard? Last, TimeSpan? Age)
{
    /// <summary>There is none that is younger than two of the schedule's intervals.</summary>
    public bool IsLate => Age is not { } age || age > 2 * Schedule.Interval;

    public BackupCard? Running => Backups.FirstOrDefault(one => one.IsRunning);

    /// <summary>The newest of all, where that one failed.</summary>
    public BackupCard? Failed =>
        Backups.FirstOrDefault(one => !one.IsRunning) is { Status: BackupStatus.Failed or BackupStatus.Unreadable } failed ? failed : null;
}
