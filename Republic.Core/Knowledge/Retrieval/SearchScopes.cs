using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Opens collections for a search: whoever does not own one does not find it.</summary>
internal sealed class SearchScopes(IDbContextFactory<RepublicDb> databases)
{
    public async Task<Outcome<IReadOnlyList<SearchScope>>> OpenAsync(
        Guid owner,
        IReadOnlyCollection<Guid> collections,
        CancellationToken ct
    )
    {
        Guid[] wanted = [.. collections.Distinct()];
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db
            .Collections.AsNoTracking()
            .OwnedBy(owner)
            .Where(c => wanted.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.Name,
                c.Embedding,
            })
            .ToListAsync(ct);
        if (known.Count < wanted.Length)
        {
            return Failure.NotFound("collection");
        }

        var parts = await db
            .Database.SqlQuery<Part>(
                $"""
                select collection_id as "Collection", language as "Language", sum(passage_count) as "Passages",
                  sum(hashtextextended(id::text || ':' || revision, 0)::numeric)::text as "Print"
                from documents where owner_id = {owner} and collection_id = any({wanted})
                group by collection_id, language order by language
                """
            )
            .ToListAsync(ct);
        return known.ConvertAll(collection =>
        {
            var own = parts.FindAll(part => part.Collection == collection.Id);
            return new SearchScope(
                owner,
                collection.Id,
                collection.Name,
                collection.Embedding,
                new CollectionState(
                    string.Join(' ', own.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Passages}:{part.Print}"))),
                    own.Sum(part => part.Passages)
                ),
                own.ToDictionary(part => part.Language, part => part.Passages)
            );
        });
    }

    private sealed record Part(Guid Collection, string Language, long Passages, string Print);
}
