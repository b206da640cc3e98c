using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge;

/// <summary>Finds passages in collections of one person.</summary>
public sealed class KnowledgeSearch(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxQuery = 2000;
    public const int MaxHits = 50;

    /// <param name="collections">Of that person; another's are not found.</param>
    public async Task<Outcome<SearchAnswer>> SearchAsync(
        Guid owner,
        IReadOnlyCollection<Guid> collections,
        string query,
        int limit,
        CancellationToken ct
    )
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > MaxQuery)
        {
            return Failure.Invalid("query", $"Ask for something, in at most {MaxQuery} characters.");
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Collections.OwnedBy(owner).Where(c => collections.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct);
        if (known.Count < collections.Distinct().Count())
        {
            return Failure.NotFound("collection");
        }

        var started = Stopwatch.GetTimestamp();
        var hits = await LexicalAsync(db, owner, known, query, Math.Clamp(limit, 1, MaxHits), ct);
        return new SearchAnswer(query, hits)
        {
            LexicalMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            LexicalAlone = "No embedding model was chosen, so passages are found by their words alone.",
        };
    }

    private static async Task<List<PassageHit>> LexicalAsync(
        RepublicDb db,
        Guid owner,
        List<Guid> collections,
        string query,
        int limit,
        CancellationToken ct
    )
    {
        var rows = await db
            .Database.SqlQuery<LexicalRow>(
                $"""
                with asked as (
                  select language, string_agg(quote_literal(word), ' | ')::tsquery as words, count(*) as count
                  from (select distinct language::text from passages where collection_id = any({collections}) and owner_id = {owner}) as spoken,
                       lateral unnest(tsvector_to_array(to_tsvector(language::regconfig, {query}))) as word
                  group by language
                )
                select p.id as passage_id, ts_rank_cd(p.search, a.words, 1) as rank,
                  (select count(*) from unnest(tsvector_to_array(to_tsvector(p.language::regconfig, {query}))) as word
                   where p.search @@ quote_literal(word)::tsquery)::float8 / a.count as share
                from passages p join asked a on a.language = p.language
                where p.collection_id = any({collections}) and p.owner_id = {owner} and p.search @@ a.words
                order by rank desc, p.id
                limit {limit}
                """
            )
            .ToListAsync(ct);
        var ids = rows.ConvertAll(row => row.PassageId);
        var passages = await db
            .Passages.AsNoTracking()
            .OwnedBy(owner)
            .Where(p => ids.Contains(p.Id))
            .Join(db.Documents, p => p.DocumentId, d => d.Id, (p, d) => new { Passage = p, d.Name })
            .ToDictionaryAsync(p => p.Passage.Id, ct);
        return
        [
            .. rows.Where(row => passages.ContainsKey(row.PassageId))
                .Select(
                    (row, at) =>
                        new PassageHit
                        {
                            CollectionId = passages[row.PassageId].Passage.CollectionId,
                            DocumentId = passages[row.PassageId].Passage.DocumentId,
                            PassageId = row.PassageId,
                            Document = passages[row.PassageId].Name,
                            Heading = passages[row.PassageId].Passage.Heading,
                            Text = passages[row.PassageId].Passage.Text,
                            Score = row.Share,
                            LexicalRank = at + 1,
                            WordShare = row.Share,
                            Page = passages[row.PassageId].Passage.Page,
                            Offset = passages[row.PassageId].Passage.Start,
                            Length = passages[row.PassageId].Passage.Length,
                        }
                ),
        ];
    }

    private sealed record LexicalRow(Guid PassageId, double Rank, double Share);
}
