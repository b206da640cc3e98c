using Microsoft.EntityFrameworkCore;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;

namespace Republic.Tests.World;

/// <summary>Collections, documents and passages put into the database as they stand after indexing, without any file.</summary>
public static class PlantedKnowledge
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<Collection> NewCollectionAsync(
        this IRepublic republic,
        Guid owner,
        string name = "Handbook",
        EmbeddingModel? model = null
    )
    {
        ArgumentNullException.ThrowIfNull(republic);
        var collection = new Collection
        {
            OwnerId = owner,
            Name = name,
            Embedding = model,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        await republic.QueryAsync(db =>
        {
            db.Add(collection);
            return db.SaveChangesAsync();
        });
        return collection;
    }

    /// <param name="passages">They follow each other in its text, with an empty line between.</param>
    public static Task<Document> NewDocumentAsync(this IRepublic republic, Collection collection, params string[] passages) =>
        republic.NewDocumentAsync(collection, "english", passages);

    public static async Task<Document> NewDocumentAsync(
        this IRepublic republic,
        Collection collection,
        string language,
        IReadOnlyList<string> passages
    )
    {
        ArgumentNullException.ThrowIfNull(republic);
        ArgumentNullException.ThrowIfNull(collection);
        var text = string.Join("\n\n", passages);
        var document = new Document
        {
            Id = Guid.CreateVersion7(),
            OwnerId = collection.OwnerId,
            CollectionId = collection.Id,
            Name = "notes.md",
            Format = DocumentFormat.Markdown,
            Bytes = text.Length,
            Sha256 = new string('0', 64),
            Language = language,
            Characters = text.Length,
            PassageCount = passages.Count,
            Revision = 1,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        await republic.QueryAsync(db =>
        {
            db.Add(document);
            db.Add(new DocumentText { DocumentId = document.Id, Text = text });
            db.AddRange(Passages(document, passages));
            return db.SaveChangesAsync();
        });
        return document;
    }

    /// <summary>As an edit does it: other passages, and a higher revision.</summary>
    public static Task<int> ReplaceAsync(this IRepublic republic, Document document, params string[] passages)
    {
        ArgumentNullException.ThrowIfNull(republic);
        return republic.QueryAsync(async db =>
        {
            await db.Passages.Where(p => p.DocumentId == document.Id).ExecuteDeleteAsync();
            db.AddRange(Passages(document, passages));
            await db.SaveChangesAsync();
            return await db
                .Documents.Where(d => d.Id == document.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(d => d.Revision, d => d.Revision + 1).SetProperty(d => d.PassageCount, passages.Length)
                );
        });
    }

    public static Task<List<string>> TextsAsync(this IRepublic republic, Collection collection)
    {
        ArgumentNullException.ThrowIfNull(republic);
        return republic.QueryAsync<List<string>>(async db =>
            (await db.Passages.Where(p => p.CollectionId == collection.Id).ToListAsync()).ConvertAll(p => p.Embedded)
        );
    }

    private static IEnumerable<Passage> Passages(Document document, IReadOnlyList<string> texts)
    {
        var start = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            yield return new Passage
            {
                OwnerId = document.OwnerId,
                CollectionId = document.CollectionId,
                DocumentId = document.Id,
                Ordinal = i,
                Start = start,
                Length = texts[i].Length,
                Text = texts[i],
                Hash = Passage.HashOf(null, texts[i]),
                Bigrams = CjkBigrams.Indexed(null, texts[i]),
                Language = document.Language,
            };
            start += texts[i].Length + 2;
        }
    }
}
