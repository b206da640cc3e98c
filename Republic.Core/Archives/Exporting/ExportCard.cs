using Republic.Core.Jobs;

namespace Republic.Core.Archives.Exporting;

/// <summary>An export as pages and the API show it.</summary>
/// <param name="Status">Such as <c>running</c>; <see cref="ArchiveStatus"/> has all of them.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Phase">What is done just now, for people.</param>
/// <param name="Bytes">Of the file; null until it is there.</param>
/// <param name="Error">Why it came to nothing.</param>
public sealed record ExportCard(
    Guid Id,
    string Status,
    double Progress,
    string? Phase,
    string FileName,
    long? Bytes,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
)
{
    private const string Gone = "Its file is not here: no backup holds it, so it is gone after a restore. Export again.";

    /// <param name="isHere">Whether its file is on the disk.</param>
    internal static ExportCard Of(AccountExport export, Job? job, bool isHere) =>
        new(
            export.Id,
            export.Bytes is not null && !isHere ? ArchiveStatus.Failed : ArchiveStatus.Of(job, isDone: export.Bytes is not null),
            export.Bytes is not null ? 1 : job?.Progress ?? 0,
            job is { Status: JobStatus.Running } ? job.Phase : null,
            export.FileName,
            export.Bytes,
            export.Bytes is null ? ArchiveStatus.ErrorOf(job)
                : isHere ? null
                : Gone,
            export.CreatedAt,
            export.ExpiresAt
        );
}
