using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Collections with the files of their documents, and what was read of each.</summary>
internal sealed class CollectionExport(DocumentFiles files) : IExportPart
{
    public string Kind => ArchiveKinds.Collections;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var ids = await scope.Db.Collections.OwnedBy(scope.Person).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        foreach (var id in ids)
        {
            await WriteAsync(scope, id, ct);
        }

        return ids.Count;
    }

    private async Task WriteAsync(ExportScope scope, Guid id, CancellationToken ct)
    {
        var db = scope.Db;
        var collection = await db.Collections.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        var documents = await db
            .Documents.Where(d => d.CollectionId == id)
            .OrderBy(d => d.Id)
            .Select(d => new ArchivedDocument(
                d.Id,
                d.Name,
                d.Format,
                d.Language,
                db.Passages.Count(p => p.DocumentId == d.Id && p.IsEdited),
                d.CreatedAt
            ))
            .ToListAsync(ct);
        var record = new ArchivedCollection(id, collection.Name)
        {
            Description = collection.Description,
            Cutting = collection.Cutting,
            Retrieval = collection.Retrieval,
            Embedding = EmbeddingOf(collection.Embedding),
            Documents = documents,
            CreatedAt = collection.CreatedAt,
        };
        await scope.Writer.WriteJsonAsync(ArchiveFormat.Collection(id, "collection.json"), record, ct);
        foreach (var document in documents)
        {
            scope.Writer.Add(ArchiveFormat.Document(id, document.Id), files.PathOf(document.Id));
            var text = await db.DocumentTexts.Where(t => t.DocumentId == document.Id).Select(t => t.Text).SingleOrDefaultAsync(ct);
            if (text is not null)
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var name = ArchiveFormat.DocumentText(id, document.Id);
                await scope.Writer.WriteAsync(name, stream => stream.WriteAsync(bytes, ct).AsTask(), ct);
            }
        }
    }

    private static ArchivedEmbedding? EmbeddingOf(EmbeddingModel? model) =>
        model is null ? null : new ArchivedEmbedding(model.Provider, model.ModelId, model.QueryPrefix, model.PassagePrefix);
}
