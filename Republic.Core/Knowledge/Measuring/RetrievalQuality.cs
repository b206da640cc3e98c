using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>How well a collection is searched: its history, the last ranks, and what is under way.</summary>
public sealed class RetrievalQuality(IDbContextFactory<RepublicDb> databases)
{
    public const int MostScores = 100;

    /// <param name="Scores">The oldest first; the newest hundred.</param>
    /// <param name="Ranks">Of the last round, by question.</param>
    /// <param name="Measuring">The last round, done or not; null where none was asked for.</param>
    /// <param name="Drafting">Likewise the last drafting of questions.</param>
    public sealed record View(
        IReadOnlyList<RetrievalScore> Scores,
        IReadOnlyDictionary<Guid, QuestionRank> Ranks,
        Job? Measuring,
        Job? Drafting
    );

    public async Task<Outcome<View>> FindAsync(Guid owner, Guid collection, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        // Before what they make: a round that ends meanwhile is then under way here, and the page comes back for its score.
        var jobs = db.Jobs.AsNoTracking().OwnedBy(owner).Where(j => j.Subject == collection).OrderByDescending(j => j.CreatedAt);
        var measuring = await jobs.FirstOrDefaultAsync(j => j.Kind == MeasureWork.KindOfJob, ct);
        var drafting = await jobs.FirstOrDefaultAsync(j => j.Kind == DraftWork.KindOfJob, ct);
        var scores = await db
            .RetrievalScores.AsNoTracking()
            .OwnedBy(owner)
            .Where(s => s.CollectionId == collection)
            .OrderByDescending(s => s.CreatedAt)
            .ThenByDescending(s => s.Id)
            .Take(MostScores)
            .ToListAsync(ct);
        scores.Reverse();
        var measured = await MeasureWork.LastAsync(db, owner, collection, ct);
        return new View(scores, (Measurement.Of(measured)?.Ranks ?? []).ToDictionary(rank => rank.Question), measuring, drafting);
    }
}
