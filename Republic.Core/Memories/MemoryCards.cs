using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Memories;

/// <summary>Reads what minions remember of a person.</summary>
public sealed class MemoryCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<MemoryCard>> ListAsync(MemoryQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = Of(db, query.Person, query.Minion);
        found = query.IsDecided ? Decided(db, found) : found;
        found = query.Status is { } wanted ? found.Where(m => m.Status == wanted) : found;
        // Ids are made in the order of time.
        found = query.Before is { } last ? found.Where(m => m.Id < last) : found;
        foreach (var word in SearchWords.Of(query.Words))
        {
            var like = LikePattern.Containing(word);
            found = found.Where(m => EF.Functions.ILike(m.Content, like, LikePattern.Escape));
        }

        return await Cards(db, found.OrderByDescending(m => m.Id).Take(Math.Clamp(query.Limit, 1, MaxPage))).ToListAsync(ct);
    }

    /// <param name="minion">Null: of all minions.</param>
    public async Task<MemoryCounts> CountAsync(Guid person, Guid? minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var all = Of(db, person, minion);
        var byStatus = await all.GroupBy(m => m.Status).Select(same => new { same.Key, Count = same.Count() }).ToListAsync(ct);
        var decided = await Decided(db, all)
            .GroupBy(m => m.Status)
            .Select(same => new { same.Key, Count = same.Count() })
            .ToDictionaryAsync(same => same.Key, same => same.Count, ct);
        return new MemoryCounts(
            byStatus.Sum(same => same.Count),
            decided.GetValueOrDefault(MemoryStatus.Active),
            decided.GetValueOrDefault(MemoryStatus.Proposed),
            decided.GetValueOrDefault(MemoryStatus.Superseded),
            await Open(db, person, minion).CountAsync(ct)
        );
    }

    /// <summary>How much the person is asked to decide on.</summary>
    public async Task<int> CountWaitingAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Waiting(db, person).CountAsync(ct);
    }

    /// <summary>Proposals that stand for themselves, and contradictions that nobody has settled.</summary>
    internal static IQueryable<Guid> Waiting(RepublicDb db, Guid person) =>
        Decided(db, db.Memories.OwnedBy(person))
            .Where(m => m.Status == MemoryStatus.Proposed)
            .Select(m => m.Id)
            .Concat(db.MemoryConflicts.OwnedBy(person).Where(c => c.SettledAt == null).Select(c => c.Id));

    public async Task<Outcome<MemoryCard>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Cards(db, db.Memories.AsNoTracking().OwnedBy(person).Where(m => m.Id == id)).SingleOrDefaultAsync(ct) is { } card
            ? card
            : Failure.NotFound("memory");
    }

    /// <summary>Contradictions that nobody has settled, the newest first.</summary>
    /// <param name="minion">Null: of all minions.</param>
    /// <param name="before">The last of the page before this one.</param>
    public async Task<IReadOnlyList<MemoryCase>> CasesAsync(Guid person, Guid? minion, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = Open(db, person, minion);
        found = before is { } last ? found.Where(c => c.Id < last) : found;
        var open = await found.OrderByDescending(c => c.Id).Take(Math.Clamp(limit, 1, MaxPage)).ToListAsync(ct);
        var ids = open.SelectMany(c => new[] { c.OlderId, c.NewerId }).ToList();
        var cards = await Cards(db, db.Memories.AsNoTracking().OwnedBy(person).Where(m => ids.Contains(m.Id)))
            .ToDictionaryAsync(m => m.Id, ct);
        // One of the two may have been forgotten since the cases were read.
        return
        [
            .. open.Where(c => cards.ContainsKey(c.OlderId) && cards.ContainsKey(c.NewerId))
                .Select(c => new MemoryCase(c.Id, cards[c.OlderId], cards[c.NewerId], c.CreatedAt)),
        ];
    }

    private static IQueryable<Memory> Of(RepublicDb db, Guid person, Guid? minion)
    {
        var all = db.Memories.AsNoTracking().OwnedBy(person);
        return minion is { } one ? all.Where(m => m.MinionId == one) : all;
    }

    private static IQueryable<MemoryConflict> Open(RepublicDb db, Guid person, Guid? minion)
    {
        var open = db.MemoryConflicts.AsNoTracking().OwnedBy(person).Where(c => c.SettledAt == null);
        return minion is { } one ? open.Where(c => db.Memories.Any(m => m.Id == c.NewerId && m.MinionId == one)) : open;
    }

    /// <summary>
    /// Those that stand for themselves. A proposal that contradicts another waits as a case, and so does one in use where the other is too.
    /// </summary>
    private static IQueryable<Memory> Decided(RepublicDb db, IQueryable<Memory> memories) =>
        memories.Where(m =>
            m.Status == MemoryStatus.Superseded
            || !db.MemoryConflicts.Any(c =>
                c.SettledAt == null
                && (c.OlderId == m.Id || c.NewerId == m.Id)
                && (
                    m.Status == MemoryStatus.Proposed
                    || db.Memories.Any(o => (o.Id == c.OlderId || o.Id == c.NewerId) && o.Id != m.Id && o.Status == MemoryStatus.Active)
                )
            )
        );

    private static IQueryable<MemoryCard> Cards(RepublicDb db, IQueryable<Memory> memories) =>
        from memory in memories
        join citizen in db.Citizens on memory.MinionId equals citizen.Id
        join chat in db.Conversations on memory.ConversationId equals (Guid?)chat.Id into chats
        from source in chats.DefaultIfEmpty()
        select new MemoryCard
        {
            Id = memory.Id,
            MinionId = memory.MinionId,
            Minion = citizen.DisplayName,
            Content = memory.Content,
            Importance = memory.Importance,
            Status = memory.Status,
            Source = memory.Source,
            ConversationId = (Guid?)source.Id,
            MessageId = source == null ? null : memory.MessageId,
            SourceId = memory.EpisodeId ?? (source == null ? null : memory.MessageId),
            MetaData = memory.MetaData,
            SupersededBy = memory.SupersededBy,
            AccessCount = memory.AccessCount,
            LastAccessedAt = memory.LastAccessedAt,
            CreatedAt = memory.CreatedAt,
            UpdatedAt = memory.UpdatedAt,
        };
}
