using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Citizens.Capabilities;

/// <summary>Reads what a citizen can do, the best first, with what it was counted for.</summary>
public sealed class CapabilityCards(IDbContextFactory<RepublicDb> databases)
{
    private const int MostHistory = 100;

    /// <summary>Of other people without the history, which names tasks of others again.</summary>
    public async Task<Outcome<IReadOnlyList<CapabilityCard>>> ListAsync(Guid person, Guid citizen, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Citizens.VisibleTo(db, person).AnyAsync(c => c.Id == citizen, ct))
        {
            return Failure.NotFound("citizen");
        }

        var cards = (await OfAsync(db, [citizen], ct))[citizen];
        if (!await db.Citizens.EditableBy(db, person).AnyAsync(c => c.Id == citizen, ct))
        {
            return Outcome<IReadOnlyList<CapabilityCard>>.Of([.. cards]);
        }

        var entries = await db
            .Capabilities.Where(c => c.CitizenId == citizen)
            .SelectMany(c =>
                db.CapabilityEntries.Where(e => e.CapabilityId == c.Id)
                    .OrderByDescending(e => e.CreatedAt)
                    .ThenBy(e => e.Id)
                    .Take(MostHistory)
            )
            .AsNoTracking()
            .ToListAsync(ct);
        var histories = entries.ToLookup(e => e.CapabilityId);
        return Outcome<IReadOnlyList<CapabilityCard>>.Of([.. cards.Select(card => card with { TaskHistory = HistoryOf(card) })]);

        IReadOnlyList<CapabilityEntryCard> HistoryOf(CapabilityCard card) =>
            [.. histories[card.Id].OrderByDescending(e => e.CreatedAt).ThenBy(e => e.Id).Select(Card)];
    }

    /// <summary>Those of several citizens; whoever asks has looked whether they may be seen.</summary>
    internal static async Task<ILookup<Guid, CapabilityCard>> OfAsync(RepublicDb db, IReadOnlyList<Guid> citizens, CancellationToken ct)
    {
        var all = await db.Capabilities.AsNoTracking().Where(c => citizens.Contains(c.CitizenId)).ToListAsync(ct);
        return all.Select(CapabilityCard.Of)
            .OrderByDescending(c => c.ProficiencyLevel)
            .ThenByDescending(c => c.ConfidenceScore)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .ToLookup(c => c.UserId);
    }

    private static CapabilityEntryCard Card(CapabilityEntry e) =>
        new(e.Id, e.Kind, e.Score, e.SourceType, e.SourceId, e.Round, e.RecordedBy, e.Note, e.CreatedAt, e.StruckAt);
}
