using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge;

namespace Republic.Core.Memories;

/// <summary>
/// Finds what a minion should be reminded of for a question: memories that share words with it or mean something like it, and the few that
/// matter always. One that another contradicts is left out until the person has settled the case.
/// </summary>
public sealed class MemoryRecall(IDbContextFactory<RepublicDb> databases, MemoryVectors vectors, TimeProvider time)
{
    public const int MostFitting = 5;
    public const int MostImportant = 3;

    /// <summary>From this importance on a memory is recalled whatever is asked.</summary>
    public const double Important = 0.8;

    private const int LongestQuestion = 2000;

    public async Task<Recalled> RecallAsync(Guid person, Guid minion, string question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var settings = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct);
        if (settings is { IsOn: false })
        {
            return Recalled.Off;
        }

        var usable = await Usable(db, person, minion).ToListAsync(ct);
        if (usable.Count == 0)
        {
            return new Recalled([], null);
        }

        var asked = question.Length > LongestQuestion ? question[..LongestQuestion] : question;
        var byWords = await ByWordsAsync(db, person, minion, asked, ct);
        var (byMeaning, reason) = settings?.Embedding is { } model
            ? await vectors.NearestAsync(person, model, asked, usable, ct)
            : ([], null);
        var known = usable.ToDictionary(m => m.Id);
        List<Guid> fitting = [.. Interleaved(byWords, byMeaning).Where(known.ContainsKey).Distinct().Take(MostFitting)];
        var important = usable
            .Where(m => m.Importance >= Important)
            .OrderByDescending(m => m.Importance)
            .ThenByDescending(m => m.Id)
            .Select(m => m.Id)
            .Except(fitting)
            .Take(MostImportant);
        List<Guid> ids = [.. fitting, .. important];
        var now = time.GetUtcNow();
        await db
            .Memories.Where(m => ids.Contains(m.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(m => m.AccessCount, m => m.AccessCount + 1).SetProperty(m => m.LastAccessedAt, now),
                ct
            );
        return new Recalled([.. ids.Select(id => new RecalledMemory(id, known[id].Content, fitting.Contains(id)))], reason);
    }

    private static IQueryable<Memory> Usable(RepublicDb db, Guid person, Guid minion) =>
        db
            .Memories.AsNoTracking()
            .OwnedBy(person)
            .Where(m => m.MinionId == minion && m.Status == MemoryStatus.Active)
            .Where(m =>
                !db.MemoryConflicts.Any(c =>
                    c.SettledAt == null
                    && (c.OlderId == m.Id || c.NewerId == m.Id)
                    && db.Memories.Any(other =>
                        other.Id != m.Id && (other.Id == c.OlderId || other.Id == c.NewerId) && other.Status == MemoryStatus.Active
                    )
                )
            );

    /// <summary>
    /// People write in more than one language, and a memory is too short to tell which: a word counts that carries meaning in both that are
    /// known here, and is compared by its stem in either. Of scripts without spaces, pairs of signs count.
    /// </summary>
    private static Task<List<Guid>> ByWordsAsync(RepublicDb db, Guid person, Guid minion, string question, CancellationToken ct) =>
        db
            .Database.SqlQuery<Guid>(
                $"""
                with words as (
                  select distinct word from regexp_split_to_table(lower({SignPairs.Without(question)}), '[^[:alnum:]]+') as word
                  where to_tsvector('english', word) <> ''::tsvector and to_tsvector('german', word) <> ''::tsvector
                ), asked as (
                  select string_agg(distinct quote_literal(stem), ' | ')::tsquery as query
                  from words, lateral unnest(tsvector_to_array(to_tsvector('english', word) || to_tsvector('german', word))) as stem
                )
                select m.id as "Value"
                from memories m, asked,
                  lateral (select to_tsvector('english', m.content) || to_tsvector('german', m.content) as words) held,
                  lateral (select count(*) as pairs from unnest({SignPairs.Of(question)}) as pair where strpos(m.content, pair) > 0) shared
                where m.owner_id = {person} and m.minion_id = {minion} and m.status = 'Active'
                  and (held.words @@ asked.query or shared.pairs > 0)
                order by shared.pairs desc, ts_rank(held.words, asked.query) desc nulls last, m.importance desc, m.id desc
                limit {MostFitting}
                """
            )
            .ToListAsync(ct);

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
}
