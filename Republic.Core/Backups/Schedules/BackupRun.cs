namespace Republic.Core.Backups.Schedules;

/// <summary>A backup that is being made, was made or failed, on the schedule or because a superuser asked for it.</summary>
public sealed class BackupRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Within <see cref="BackupFolder"/>, and of no other backup.</summary>
    public required string FileName { get; init; }

    /// <summary>One of <see cref="BackupStatus"/>.</summary>
    public string Status { get; set; } = BackupStatus.Running;

    /// <summary>The size of the file; null where there is none.</summary>
    public long? Bytes { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When its file was last read whole: after it was written, and whenever somebody asks for it.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Why it failed, or cannot be read, as a sentence for people.</summary>
    public string? Error { get; set; }
}
