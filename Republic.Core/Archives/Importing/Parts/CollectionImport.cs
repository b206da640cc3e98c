using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Collections: the files of their documents are uploaded once more, cut as they were set, and indexed by the jobs that index any document.
/// </summary>
internal sealed class CollectionImport(DocumentUpload upload) : IImportPart
{
    private const string Begin = "collections/";
    private const string End = "/collection.json";
    private const int MostDocuments = 100_000;

    public string Kind => ArchiveKinds.Collections;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var id in ArchiveFormat.Ids(scope.Archive.Names, Begin, End))
        {
            yield return ImportItem.InFile<ArchivedCollection>(
                scope,
                id,
                ArchiveFormat.Collection(id, "collection.json"),
                collection => collection.Name,
                (collection, end) => AddAsync(scope, id, collection, end)
            );
        }
    }

    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Collections.Select(c => c.Id), ids, ct);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, Guid original, ArchivedCollection from, CancellationToken ct)
    {
        var id = scope.IdOf(original);
        if ((await ExistingAsync(scope, [id], ct)).Count == 0)
        {
            var made = await CreateAsync(scope, original, from, InputOf(from), ct);
            if (made is { } skip)
            {
                return skip;
            }
        }

        foreach (var document in from.Documents.OfType<ArchivedDocument>().Take(MostDocuments))
        {
            if (await AddDocumentAsync(scope, original, document, ct) is { } skip)
            {
                scope.Note(Kind, from.Name, original, skip.Reason, $"{document.Name}: {skip.Message}");
            }
        }

        var edited = from.Documents.OfType<ArchivedDocument>().Sum(document => document.EditedPassages);
        if (edited > 0)
        {
            var message = $"{Counted.Of(edited, "passage")} that you changed by hand {Counted.Are(edited)} as the document has it.";
            scope.Note(Kind, from.Name, original, ImportReasons.NotImportedYet, message);
        }

        return null;
    }

    /// <summary>A model for vectors that is not to be had here gives way to the one that new collections have.</summary>
    private async Task<ImportSkip?> CreateAsync(
        ImportScope scope,
        Guid original,
        ArchivedCollection from,
        CollectionInput input,
        CancellationToken ct
    )
    {
        var made = await CreateAsync(scope, original, input, ct);
        if (!made.Ok && input.Embedding is { } embedding)
        {
            made = await CreateAsync(scope, original, input with { Embedding = null }, ct);
            if (made.Ok)
            {
                var message =
                    $"{ArchiveText.Plain(embedding.ModelId, 100)}, by which it was searched, is not here. Another model takes its place.";
                scope.Note(Kind, from.Name, original, ImportReasons.ModelReplaced, message);
            }
        }

        return made.Failure is { } failure ? ImportSkip.Of(failure) : null;
    }

    private static Task<Outcome<Guid>> CreateAsync(ImportScope scope, Guid original, CollectionInput input, CancellationToken ct) =>
        scope.WithAsync((CollectionEditor editor, RepublicDb _) => editor.CreateAsync(scope.Person, input, scope.IdOf(original), ct));

    private async Task<ImportSkip?> AddDocumentAsync(ImportScope scope, Guid collection, ArchivedDocument from, CancellationToken ct)
    {
        var id = scope.IdOf(from.Id);
        if (await scope.WithDbAsync(db => db.Documents.AnyAsync(d => d.Id == id, ct)))
        {
            return null;
        }

        if (scope.Archive.Open(ArchiveFormat.Document(collection, from.Id)) is not { } stream)
        {
            return new ImportSkip(ImportReasons.FileMissing, "Its file is not in the archive.");
        }

        await using (stream)
        {
            var received = await upload.ReceiveAsync(scope.Person, stream, from.Name, id, ct);
            if (!received.Ok)
            {
                return ImportSkip.Of(received.Failure);
            }

            using var file = received.Value;
            var added = await scope.WithAsync(
                (DocumentEditor editor, RepublicDb _) => editor.AddAsync(scope.Person, scope.IdOf(collection), file, ct)
            );
            return added.Ok ? null : ImportSkip.Of(added.Failure);
        }
    }

    private static CollectionInput InputOf(ArchivedCollection from) =>
        new()
        {
            Name = from.Name,
            Description = from.Description,
            Cutting = from.Cutting,
            Retrieval = from.Retrieval,
            Embedding = from.Embedding is { } model
                ? new EmbeddingModel(model.Provider, model.ModelId, QueryPrefix: model.QueryPrefix, PassagePrefix: model.PassagePrefix)
                : null,
            NoEmbedding = from.Embedding is null,
        };
}
