using System.Runtime.CompilerServices;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Says of episodes that they stay in the archive: their journal names people and minions of another Republic, and its hashes hold it to that.
/// </summary>
internal sealed class EpisodeImport : IImportPart
{
    private const string Begin = "episodes/";
    private const string End = ".jsonl";
    private const string Why = "Episodes are in the archive, with all that was said, and cannot be imported yet.";

    public string Kind => ArchiveKinds.Episodes;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var id in ArchiveFormat.Ids(scope.Archive.Names, Begin, End))
        {
            yield return new ImportItem(
                id,
                id.ToString(),
                _ => Task.FromResult<ImportSkip?>(new ImportSkip(ImportReasons.NotImportedYet, Why))
            );
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        Task.FromResult<List<Guid>>([]);
}
