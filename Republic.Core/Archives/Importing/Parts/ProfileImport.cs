using System.Runtime.CompilerServices;
using Republic.Core.Archives.Records;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>What somebody said of themselves, beside what stands here.</summary>
internal sealed class ProfileImport : IImportPart
{
    private const string Name = "Profile";

    public string Kind => ArchiveKinds.Profile;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        if (scope.Archive.Has(ArchiveFormat.Profile))
        {
            yield return new ImportItem(Guid.Empty, Name, end => AddAsync(scope, end));
        }
    }

    /// <summary>There is one profile, which each import is laid beside.</summary>
    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        Task.FromResult<List<Guid>>([]);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, CancellationToken ct)
    {
        var read = await scope.Archive.ReadJsonAsync<ArchivedProfile>(ArchiveFormat.Profile, ct);
        if (!read.Ok)
        {
            return ImportSkip.Of(read.Failure);
        }

        var citizen = read.Value.Citizen;
        var added = await CitizenFields.AddAsync(scope, scope.Person, citizen, ct);
        if (added.Ok && citizen.Capabilities.Count > 0)
        {
            var message =
                $"{Counted.Of(citizen.Capabilities.Count, "capability", "capabilities")} that you showed there. Here they are shown anew.";
            scope.Note(Kind, Name, id: null, ImportReasons.CountsNowhere, message);
        }

        return !added.Ok ? ImportSkip.Of(added.Failure)
            : added.Value ? null
            : new ImportSkip(ImportReasons.AlreadyImported, "All of it stands here already.");
    }
}
