using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;

namespace Republic.Core.Comparisons;

/// <summary>Reads a person's comparisons, and what they could compare with.</summary>
public sealed class ComparisonCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 100;
    private const int MostPrompts = 10;

    // The same question is often asked again, and only the newest of each is offered.
    private const int LookedAt = 200;

    /// <summary>Lists comparisons, the newest first.</summary>
    /// <param name="minion">Null: of all minions.</param>
    /// <param name="before">The last of the page before this one.</param>
    public async Task<IReadOnlyList<ComparisonCard>> ListAsync(Guid owner, Guid? minion, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Ids are made in the order of time.
        var found = db.Comparisons.OwnedBy(owner).Where(c => (minion == null || c.MinionId == minion) && (before == null || c.Id < before));
        return await CardsAsync(db, found.OrderByDescending(c => c.Id).Take(Math.Clamp(limit, 1, MaxPage)), ct);
    }

    public async Task<Outcome<ComparisonCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await CardsAsync(db, db.Comparisons.OwnedBy(owner).Where(c => c.Id == id), ct) is [var card]
            ? card
            : Failure.NotFound("comparison");
    }

    /// <summary>Lists the minions with versions to compare, by name.</summary>
    public async Task<IReadOnlyList<MinionCard>> MinionsAsync(Guid owner, int most, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Minions.Live()
            .OwnedBy(owner)
            .Where(m => db.MinionVersions.Count(v => v.MinionId == m.Id) >= ComparisonInput.FewestCandidates)
            .Sorted(MinionSort.Name)
            .Take(most)
            .Cards()
            .ToListAsync(ct);
    }

    /// <summary>Lists the person's different questions to the minion in chats, the newest first.</summary>
    public async Task<IReadOnlyList<string>> OwnPromptsAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var asked = await db
            .Messages.AskedOf(db, owner, minion)
            .Where(m => m.Content.Length > 0 && m.Content.Length <= ComparisonInput.LongestPrompt)
            .OrderByDescending(m => m.CreatedAt)
            .ThenByDescending(m => m.Id)
            .Select(m => m.Content)
            .Take(LookedAt)
            .ToListAsync(ct);
        return [.. asked.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(MostPrompts)];
    }

    private static async Task<List<ComparisonCard>> CardsAsync(RepublicDb db, IQueryable<Comparison> some, CancellationToken ct)
    {
        var saved = await db.SavedTextsAsync(some.SelectMany(c => c.Answers), ct);
        var rows = await some.AsNoTracking()
            .Select(c => new
            {
                Comparison = c,
                Answers = c.Answers.OrderBy(a => a.Position).ToList(),
                Minion = db.Citizens.Where(citizen => citizen.Id == c.MinionId).Select(citizen => citizen.DisplayName).First(),
                IsUnderWay = db.Jobs.Any(j =>
                    j.Kind == ComparisonWork.KindOfJob
                    && j.Subject == c.Id
                    && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
                ),
                HeldUntil = db
                    .Jobs.Where(j => j.Kind == ComparisonWork.KindOfJob && j.Subject == c.Id && j.HeldUntil != null)
                    .Select(j => j.HeldUntil)
                    .FirstOrDefault(),
            })
            .ToListAsync(ct);
        return rows.ConvertAll(row =>
            ComparisonCard.Of(row.Comparison, row.Answers, saved, row.Minion, row.IsUnderWay) with
            {
                HeldUntil = row.HeldUntil,
            }
        );
    }
}
