using Republic.Core.Jobs;

namespace Republic.Core.Archives;

/// <summary>The state of an export or import, as the API names it.</summary>
public static class ArchiveStatus
{
    public const string Queued = "queued";
    public const string Running = "running";

    /// <summary>Of an import: it is checked, and its person chooses what of it to add.</summary>
    public const string Waiting = "waiting";
    public const string Completed = "completed";
    public const string Failed = "failed";

    private const string Stopped = "It was stopped before it was done. Begin it again.";

    internal static string Of(Job? job, bool isDone) =>
        isDone ? Completed
        : job is { Status: JobStatus.Queued } ? Queued
        : job is { Status: JobStatus.Running } ? Running
        : Failed;

    /// <summary>Why a job that is over came to nothing; null while it goes on.</summary>
    internal static string? ErrorOf(Job? job) => job is { IsActive: true } ? null : job?.Error ?? Stopped;
}
