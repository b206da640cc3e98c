using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;

namespace Republic.Core.Memories.Recall;

/// <summary>Finds among memories those that share words with a text, mean something like it or tell what it asks for.</summary>
public sealed class MemoryMatch(MemoryVectors vectors, BuiltInEmbedding builtIn)
{
    public const int Most = 5;
    private const int MostTelling = 2;
    private const int LongestText = 2000;

    /// <param name="among">Of one person and one minion.</param>
    /// <param name="settings">The person's; null: as they are from the start.</param>
    internal async Task<MatchedMemories> FindAsync(
        RepublicDb db,
        IReadOnlyList<Memory> among,
        MemorySettings? settings,
        string text,
        CancellationToken ct
    )
    {
        // PostgreSQL takes no text with a NUL.
        var asked = (text.Length > LongestText ? text[..LongestText] : text).Replace("\0", "", StringComparison.Ordinal);
        var byWords = await ByWordsAsync(db, [.. among.Select(m => m.Id)], asked, ct);
        var near =
            (settings is null ? builtIn.Default : settings.EmbeddingOf(builtIn)) is { } model && among.Count > 0
                ? await vectors.NearestAsync(among[0].OwnerId, model, asked, among, ct)
                : NearestMemories.NotAsked;
        var known = among.ToDictionary(m => m.Id);
        return new MatchedMemories(
            [
                .. Telling(among, asked)
                    .Concat(Interleaved([.. byWords.Select(m => m.Id)], [.. near.Found.Select(m => m.Id)]))
                    .Distinct()
                    .Take(Most)
                    .Select(id => known[id]),
            ],
            [.. byWords.Where(m => m.HoldsAll).Select(m => known[m.Id])],
            near
        );
    }

    /// <summary>Those that tell the very fact that is asked for, mostly in other words: the newest, as a person may have moved.</summary>
    private static IEnumerable<Guid> Telling(IReadOnlyList<Memory> among, string asked) =>
        among.Where(m => PersonalFact.Answers(m.Content, asked)).OrderByDescending(m => m.Id).Take(MostTelling).Select(m => m.Id);

    /// <summary>
    /// People write in more than one language, and a memory is too short to tell which: a word counts that carries meaning in both that are
    /// known here, and is compared by its stem in either. Of scripts without spaces, pairs of signs count.
    /// </summary>
    private static Task<List<Words>> ByWordsAsync(RepublicDb db, Guid[] among, string text, CancellationToken ct)
    {
        var pairs = CjkBigrams.Of(text);
        return db
            .Database.SqlQuery<Words>(
                $"""
                with words as (
                  select distinct word from regexp_split_to_table(lower({CjkBigrams.Without(text)}), '[^[:alnum:]]+') as word
                  where to_tsvector('english', word) <> ''::tsvector and to_tsvector('german', word) <> ''::tsvector
                ), stems as (
                  select string_agg(distinct quote_literal(stem), ' | ') as stem
                  from words, lateral unnest(tsvector_to_array(to_tsvector('english', word) || to_tsvector('german', word))) as stem
                  group by word
                ), asked as (
                  select string_agg('(' || stem || ')', ' | ')::tsquery as one, string_agg('(' || stem || ')', ' & ')::tsquery as whole from stems
                )
                select m.id as "Id", coalesce(held.words @@ asked.whole, true) and shared.pairs = cardinality({pairs}) as "HoldsAll"
                from memories m, asked,
                  lateral (select to_tsvector('english', m.content) || to_tsvector('german', m.content) as words) held,
                  lateral (select count(*) as pairs from unnest({pairs}) as pair where strpos(m.content, pair) > 0) shared
                where m.id = any({among}) and (held.words @@ asked.one or shared.pairs > 0)
                order by shared.pairs desc, ts_rank(held.words, asked.one) desc nulls last, m.importance desc, m.id desc
                limit {Most}
                """
            )
            .ToListAsync(ct);
    }

    private static IEnumerable<Guid> Interleaved(IReadOnlyList<Guid> one, IReadOnlyList<Guid> other)
    {
        for (var at = 0; at < Math.Max(one.Count, other.Count); at++)
        {
            foreach (var list in (IReadOnlyList<Guid>[])[one, other])
            {
                if (at < list.Count)
                {
                    yield return list[at];
                }
            }
        }
    }

    /// <param name="HoldsAll">Every word of the text that carries meaning.</param>
    private sealed record Words(Guid Id, bool HoldsAll);
}
