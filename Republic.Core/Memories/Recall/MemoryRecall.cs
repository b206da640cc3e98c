using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Memories.Recall;

/// <summary>
/// Finds what a minion should be reminded of for a question: memories that share words with it or mean something like it, and the few that
/// matter always. One that another contradicts is left out until the person has settled the case.
/// </summary>
public sealed class MemoryRecall(IDbContextFactory<RepublicDb> databases, MemoryMatch match, MeantContradictions meant, TimeProvider time)
{
    public const int MostImportant = 3;

    /// <summary>From this importance on a memory is recalled whatever is asked.</summary>
    public const double Important = 0.8;

    public async Task<bool> IsOnAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return !await db.MemorySettings.AnyAsync(s => s.PersonId == person && !s.IsOn, ct);
    }

    /// <param name="saidIn">A chat of which proposals count too: what was said there is quoted there. Null: only what is in use.</param>
    public async Task<Recalled> RecallAsync(Guid person, Guid minion, Guid? saidIn, string question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Mostly there are none, and this is all that it costs then.
        var known = await db
            .Memories.AsNoTracking()
            .OwnedBy(person)
            .Where(m =>
                m.MinionId == minion
                && (m.Status == MemoryStatus.Active || (saidIn != null && m.Status == MemoryStatus.Proposed && m.ConversationId == saidIn))
            )
            .ToListAsync(ct);
        if (known.Count == 0)
        {
            return Recalled.Nothing;
        }

        var settings = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct);
        if (settings is { IsOn: false })
        {
            return Recalled.Off;
        }

        var active = known.FindAll(m => m.Status == MemoryStatus.Active);
        var matched = await match.FindAsync(db, known, settings, question, ct);
        if (matched.Near.IsBuiltIn)
        {
            await meant.OpenAsync(person, [.. matched.Best.Where(m => m.Status == MemoryStatus.Active)], ct);
        }

        var open = await CasesAsync(db, person, active, ct);
        var outdated = Outdated(known);
        var disputed = open.SelectMany(c => new[] { c.OlderId, c.NewerId }).ToHashSet();
        var usable = known.Where(m => !disputed.Contains(m.Id) && !outdated.Contains(m.Id)).ToDictionary(m => m.Id);
        List<Memory> fitting = [.. matched.Best.Where(m => usable.ContainsKey(m.Id))];
        var important = usable
            .Values.Where(m => m.Importance >= Important)
            .OrderByDescending(m => m.Importance)
            .ThenByDescending(m => m.Id)
            .Except(fitting)
            .Take(MostImportant);
        return new Recalled([.. fitting.Select(m => As(m, fits: true)), .. important.Select(m => As(m, fits: false))], matched.Near.Reason)
        {
            Disputed = Disputed(open, [.. matched.Best.Where(m => !outdated.Contains(m.Id))], active),
            Asked = matched.Near.Asked,
        };

        RecalledMemory As(Memory memory, bool fits) =>
            new(memory.Id, memory.Content, fits)
            {
                Likeness = matched.Near.LikenessOf(memory.Id),
                ConversationId = memory.ConversationId,
                MessageId = memory.MessageId,
                IsOfEpisode = memory.Source == MemorySource.Episode,
                EpisodeId = memory.EpisodeId,
            };
    }

    /// <summary>Counts an answer that they were given to.</summary>
    public async Task CountAsync(IReadOnlyCollection<Guid> given, CancellationToken ct)
    {
        if (given.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .Memories.Where(m => given.Contains(m.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(m => m.AccessCount, m => m.AccessCount + 1).SetProperty(m => m.LastAccessedAt, now),
                ct
            );
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

    /// <summary>In one chat what is said later counts, where one of the two is no more than a proposal.</summary>
    private static HashSet<Guid> Outdated(List<Memory> known)
    {
        var proposed = known.FindAll(m => m.Status == MemoryStatus.Proposed);
        if (proposed.Count == 0)
        {
            return [];
        }

        var statements = known.ToDictionary(m => m.Id, m => Statement.Of(m.Content));
        return
        [
            .. from proposal in proposed
            from other in known
            where statements[proposal.Id].Contradicts(statements[other.Id])
            select proposal.CreatedAt > other.CreatedAt ? other.Id : proposal.Id,
        ];
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
}
