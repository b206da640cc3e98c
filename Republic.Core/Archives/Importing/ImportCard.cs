using Republic.Core.Jobs;

namespace Republic.Core.Archives.Importing;

/// <summary>An import as pages and the API show it.</summary>
/// <param name="Status">Such as <c>waiting</c>; <see cref="ArchiveStatus"/> has all of them.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Phase">What is done just now, for people.</param>
/// <param name="Error">Why it came to nothing.</param>
/// <param name="Contents">What is in the archive; null until it is checked.</param>
/// <param name="Only">The kinds that are added; null until they are chosen.</param>
/// <param name="Imported">How many things of each kind were added.</param>
/// <param name="Skipped">How many were not, for each kind by the reason.</param>
/// <param name="Notes">What was not added, or not as it was.</param>
/// <param name="MoreNotes">How many more of these there are.</param>
public sealed record ImportCard(
    Guid Id,
    string Status,
    double Progress,
    string? Phase,
    string FileName,
    string? Error,
    ArchiveContents? Contents,
    IReadOnlyList<string>? Only,
    IReadOnlyDictionary<string, int> Imported,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Skipped,
    IReadOnlyList<ImportNote> Notes,
    int MoreNotes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
)
{
    internal static ImportCard Of(AccountImport import, Job? job)
    {
        var done = import.Progress ?? new ImportProgress();
        var status = StatusOf(import, job);
        return new ImportCard(
            import.Id,
            status,
            status is ArchiveStatus.Completed or ArchiveStatus.Waiting ? 1 : job?.Progress ?? 0,
            job is { Status: JobStatus.Running } ? job.Phase : null,
            import.FileName,
            status == ArchiveStatus.Failed ? ArchiveStatus.ErrorOf(job) : null,
            import.Contents,
            import.Selection?.Kinds,
            done.Imported,
            done.Skipped,
            done.Notes,
            done.MoreNotes,
            import.CreatedAt,
            import.ExpiresAt
        );
    }

    private static string StatusOf(AccountImport import, Job? job) =>
        import is { Selection: null, Contents: not null } && job is not { IsActive: true }
            ? ArchiveStatus.Waiting
            : ArchiveStatus.Of(job, import.Progress is { IsDone: true });
}
