using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge;

namespace Republic.Core.Memories;

/// <summary>
/// Finds what a minion should be reminded of for a question: memories that share words with it or mean something like it, and the few that
/// matter always. One that another contradicts is left out until the person has settled the case.
/// </summary>
public sealed class MemoryRecall(IDbContextFactory<RepublicDb> databases, MemoryMatch match, TimeProvider time)
{
    public const int MostImportant = 3;

    /// <summary>From this importance on a memory is recalled whatever is asked.</summary>
    public const double Important = 0.8;

    public async Task<bool> IsOnAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return !await db.MemorySettings.AnyAsync(s => s.PersonId == person && !s.IsOn, ct);
    }

    public async Task<Recalled> RecallAsync(Guid person, Guid minion, string question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Mostly there are none, and this is all that it costs then.
        var active = await db
            .Memories.AsNoTracking()
            .OwnedBy(person)
            .Where(m => m.MinionId == minion && m.Status == MemoryStatus.Active)
            .ToListAsync(ct);
        if (active.Count == 0)
        {
            return Recalled.Nothing;
        }

        var settings = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct);
        if (settings is { IsOn: false })
        {
            return Recalled.Off;
        }

        var open = await CasesAsync(db, person, active, ct);
        var matched = await match.FindAsync(db, active, settings, question, ct);
        var usable = active.Where(m => !open.Any(c => Holds(c, m))).ToDictionary(m => m.Id);
        List<Memory> fitting = [.. matched.Best.Where(m => usable.ContainsKey(m.Id))];
        var important = usable
            .Values.Where(m => m.Importance >= Important)
            .OrderByDescending(m => m.Importance)
            .ThenByDescending(m => m.Id)
            .Except(fitting)
            .Take(MostImportant);
        List<Memory> recalled = [.. fitting, .. important];
        await CountAsync(db, recalled.ConvertAll(m => m.Id), ct);
        return new Recalled([.. recalled.Select(m => new RecalledMemory(m.Id, m.Content, fitting.Contains(m)))], matched.Near.Reason)
        {
            Disputed = Disputed(open, matched.Best, active),
            Asked = matched.Near.Asked,
        };
    }

    /// <summary>Contradictions between two that are both in use: where the newer one is only proposed, the older one goes on being used.</summary>
    private static async Task<List<MemoryConflict>> CasesAsync(RepublicDb db, Guid person, List<Memory> active, CancellationToken ct)
    {
        var ids = active.ConvertAll(m => m.Id);
        return await db
            .MemoryConflicts.AsNoTracking()
            .OwnedBy(person)
            .Where(c => c.SettledAt == null && ids.Contains(c.OlderId) && ids.Contains(c.NewerId))
            .ToListAsync(ct);
    }

    private static bool Holds(MemoryConflict open, Memory memory) => open.OlderId == memory.Id || open.NewerId == memory.Id;

    private static DisputedMemory? Disputed(List<MemoryConflict> open, IReadOnlyList<Memory> matched, List<Memory> active)
    {
        if (matched.FirstOrDefault(m => open.Exists(c => Holds(c, m))) is not { } memory)
        {
            return null;
        }

        var found = open.First(c => Holds(c, memory));
        return new DisputedMemory(found.Id, Content(found.OlderId), Content(found.NewerId), memory.Id == matched[0].Id);

        string Content(Guid id) => active.First(m => m.Id == id).Content;
    }

    private async Task CountAsync(RepublicDb db, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await db
            .Memories.Where(m => ids.Contains(m.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(m => m.AccessCount, m => m.AccessCount + 1).SetProperty(m => m.LastAccessedAt, now),
                ct
            );
<<<<<<< HEAD
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
=======
>>>>>>> 1d3ab80 (What says “forget that …” is done, an open contradiction is asked about, and an order to remember is told that remembering is off; where nothing is remembered, one query says so)
    }
}
