namespace Republic.Core.Backups.Schedules;

/// <summary>A backup as superusers see it.</summary>
/// <param name="Status">One of <see cref="BackupStatus"/>.</param>
/// <param name="HasFile">Its file is where this node looks for it.</param>
public sealed record BackupCard(
    Guid Id,
    string FileName,
    string Status,
    long? Bytes,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? CheckedAt,
    string? Error,
    bool HasFile
)
{
    /// <summary>The progress of the job that makes or checks it, 0 to 1; null where there is none.</summary>
    public double? Progress { get; init; }

    /// <summary>What that job does just now, for people.</summary>
    public string? Phase { get; init; }

    public bool IsRunning => Status == BackupStatus.Running;

    /// <summary>A job reads its file once more.</summary>
    public bool IsBeingChecked => !IsRunning && Progress is not null;

    public TimeSpan? Took => FinishedAt - StartedAt;
}
