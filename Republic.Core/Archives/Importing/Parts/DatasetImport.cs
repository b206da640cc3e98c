using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Datasets: the source is uploaded once more, and read with the settings of its newest version and all that was ever changed by hand, so that
/// version 1 here has the rows of the newest version there.
/// </summary>
internal sealed class DatasetImport(DatasetUpload upload, DatasetQuota quota, TimeProvider time) : IImportPart
{
    private const string Begin = "datasets/";
    private const string End = "/dataset.json";

    public string Kind => ArchiveKinds.Datasets;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var id in ArchiveFormat.Ids(scope.Archive.Names, Begin, End))
        {
            yield return ImportItem.InFile<ArchivedDataset>(
                scope,
                id,
                ArchiveFormat.Dataset(id, "dataset.json"),
                dataset => dataset.Name,
                (dataset, end) => AddAsync(scope, id, dataset, end)
            );
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Datasets.Select(d => d.Id), ids, ct);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, Guid original, ArchivedDataset from, CancellationToken ct)
    {
        var id = scope.IdOf(original);
        if ((await ExistingAsync(scope, [id], ct)).Count > 0)
        {
            return null;
        }

        if (scope.Archive.Open(ArchiveFormat.Dataset(original, "source")) is not { } stream)
        {
            return new ImportSkip(ImportReasons.FileMissing, "Its source is not in the archive.");
        }

        await using (stream)
        {
            var received = await upload.ReceiveAsync(scope.Person, stream, from.FileName, id, ct);
            if (!received.Ok)
            {
                return ImportSkip.Of(received.Failure);
            }

            using var source = received.Value;
            var made = await scope.WithAsync(
                (DatasetEditor editor, RepublicDb db) =>
                {
                    db.DatasetChanges.AddRange(ChangesOf(scope, id, original, from));
                    return editor.CreateAsync(scope.Person, InputOf(from), source, ct);
                }
            );
            return made.Ok ? null : ImportSkip.Of(made.Failure);
        }
    }

    private static DatasetInput InputOf(ArchivedDataset from) =>
        new()
        {
            Name = ArchiveText.Plain(from.Name, DatasetTables.MaxName),
            Description = from.Description is { } text && FieldRules.IsText(text) ? text.AtMost(DatasetTables.MaxDescription) : null,
            DatasetType = from.Type switch
            {
                DatasetType.Rag => "rag",
                DatasetType.Custom => "custom",
                _ => "jsonl",
            },
            Mapping = from.Mapping,
            Settings = new SettingsInput
            {
                MinTextLength = from.Settings.MinTextLength,
                MaxTextLength = from.Settings.MaxTextLength,
                NearDuplicateThreshold = from.Settings.NearDuplicateThreshold,
                MinQuality = from.Settings.MinQuality,
                ValidationShare = from.Settings.ValidationShare,
                Seed = from.Settings.Seed,
            },
        };

    /// <summary>
    /// Each by the rules for rows that are changed by hand, and within the space for them. What is saved with its dataset has its id.
    /// </summary>
    private List<DatasetChange> ChangesOf(ImportScope scope, Guid id, Guid original, ArchivedDataset from)
    {
        var all = from.Changes.OfType<ArchivedChange>().Where(IsFine).DistinctBy(change => (change.Hash, change.SavedIn)).ToList();
        var waiting = all.Count(change => change.SavedIn is null);
        var bytes = all.Sum(change => (change.Messages ?? []).Sum(message => (long)Encoding.UTF8.GetByteCount(message.Content)));
        if (waiting > RowEditor.MaxWaiting || bytes > quota.MaxEdited)
        {
            all = [];
        }

        if (all.Count < from.Changes.Count)
        {
            var message = $"{Counted.Of(from.Changes.Count - all.Count, "row")} that you changed by hand is as it was in the source.";
            scope.Note(Kind, from.Name, original, ImportReasons.Invalid, message);
        }

        var saved = all.Select(change => change.SavedIn).OfType<int>().Distinct().Order().ToList();
        return all.ConvertAll(change => new DatasetChange
        {
            DatasetId = id,
            Hash = ContentHash.Parse(change.Hash)!.Value.ToString(),
            Line = change.Line,
            Messages = change.Messages,
            // In their order, and none later than the first version here.
            SavedIn = change.SavedIn is { } version ? 1 + saved.IndexOf(version) - (saved.Count - 1) : null,
            CreatedAt = time.GetUtcNow(),
        });
    }

    private static bool IsFine(ArchivedChange change) =>
        ContentHash.Parse(change.Hash) is not null
        && (change.Messages is not { } messages || (messages.All(message => message is not null) && VersionWriter.Check(messages) is null));
}
