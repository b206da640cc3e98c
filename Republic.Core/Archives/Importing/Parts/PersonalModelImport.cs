using System.Runtime.CompilerServices;
using Republic.Core.Archives.Records;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>Says which models there were, and where they were read from: their files are not in the archive.</summary>
internal sealed class PersonalModelImport : IImportPart
{
    private const int MaxName = 200;
    private const int MostListed = 1000;

    public string Kind => ArchiveKinds.PersonalModels;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        var read = await scope.Archive.ReadJsonAsync<List<ArchivedPersonalModel>>(ArchiveFormat.PersonalModels, ct);
        foreach (var model in (read.Value ?? []).OfType<ArchivedPersonalModel>().Take(MostListed))
        {
            var source = model.Source is { } url ? $" It was read from {ArchiveText.Plain(url, MaxName)}." : "";
            var skip = new ImportSkip(
                ImportReasons.FileMissing,
                $"Files of models are not in archives. Install {ArchiveText.Plain(model.ModelId, MaxName)} under this name.{source}"
            );
            yield return new ImportItem(Guid.Empty, model.Name, _ => Task.FromResult<ImportSkip?>(skip));
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        Task.FromResult<List<Guid>>([]);
}
