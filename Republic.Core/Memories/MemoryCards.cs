using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Memories;

/// <summary>Reads what minions remember of a person.</summary>
public sealed class MemoryCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>The newest first.</summary>
    /// <param name="minion">Null: of all minions.</param>
    /// <param name="before">The last of the page before this one.</param>
    public async Task<IReadOnlyList<MemoryCard>> ListAsync(
        Guid person,
        Guid? minion,
        MemoryStatus? status,
        string? words,
        int limit,
        Guid? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = db.Memories.AsNoTracking().OwnedBy(person);
        found = minion is { } of ? found.Where(m => m.MinionId == of) : found;
        found = status is { } wanted ? found.Where(m => m.Status == wanted) : found;
        // Ids are made in the order of time.
        found = before is { } last ? found.Where(m => m.Id < last) : found;
        foreach (var word in (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(8))
        {
            var like = LikePattern.Containing(word);
            found = found.Where(m => EF.Functions.ILike(m.Content, like, LikePattern.Escape));
        }

        return await Cards(db, found.OrderByDescending(m => m.Id).Take(Math.Clamp(limit, 1, MaxPage))).ToListAsync(ct);
    }

    public async Task<Outcome<MemoryCard>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Cards(db, db.Memories.AsNoTracking().OwnedBy(person).Where(m => m.Id == id)).SingleOrDefaultAsync(ct) is { } card
            ? card
            : Failure.NotFound("memory");
    }

    /// <summary>Contradictions that nobody has settled, the oldest first.</summary>
    public async Task<IReadOnlyList<MemoryCase>> CasesAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = await db
            .MemoryConflicts.AsNoTracking()
            .OwnedBy(person)
            .Where(c => c.SettledAt == null)
            .OrderBy(c => c.CreatedAt)
            .ToListAsync(ct);
        var ids = open.SelectMany(c => new[] { c.OlderId, c.NewerId }).ToList();
        var cards = await Cards(db, db.Memories.AsNoTracking().OwnedBy(person).Where(m => ids.Contains(m.Id)))
            .ToDictionaryAsync(m => m.Id, ct);
        return [.. open.Select(c => new MemoryCase(c.Id, cards[c.OlderId], cards[c.NewerId], c.CreatedAt))];
    }

    private static IQueryable<MemoryCard> Cards(RepublicDb db, IQueryable<Memory> memories) =>
        from memory in memories
        join citizen in db.Citizens on memory.MinionId equals citizen.Id
        select new MemoryCard
        {
            Id = memory.Id,
            MinionId = memory.MinionId,
            Minion = citizen.DisplayName,
            Content = memory.Content,
            Importance = memory.Importance,
            Status = memory.Status,
            Source = memory.Source,
            ConversationId = memory.ConversationId,
            MessageId = memory.MessageId,
            SupersededBy = memory.SupersededBy,
            AccessCount = memory.AccessCount,
            LastAccessedAt = memory.LastAccessedAt,
            CreatedAt = memory.CreatedAt,
            UpdatedAt = memory.UpdatedAt,
        };
}
