using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Interactions.PersonalData;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

/// <summary>Reads what minions could learn from their person's chats.</summary>
public sealed class InteractionReader(IDbContextFactory<RepublicDb> databases, TimeProvider time)
{
    /// <param name="anew">Also what the version in use learned: for a run that begins without it.</param>
    public async Task<Outcome<InteractionSet>> ReadAsync(Guid owner, Guid minionId, bool anew, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Minions.OwnedBy(owner).Live().AsNoTracking().SingleOrDefaultAsync(m => m.Id == minionId, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var settings =
            await db.LearningSettings.AsNoTracking().SingleOrDefaultAsync(s => s.MinionId == minionId, ct)
            ?? new LearningSettings
            {
                MinionId = minionId,
                OwnerId = owner,
                UpdatedAt = time.GetUtcNow(),
            };
        var name = await db.Citizens.Where(c => c.Id == owner).Select(c => c.DisplayName).SingleAsync(ct);
        var trained = anew ? [] : await TrainedAsync(db, minion, ct);
        var rows = await PairQuery.ReadAsync(db, owner, minionId, ct);
        var judge = new PairJudge(minion, settings, new PersonalDataScanner([name]), trained);
        // Thousands of texts are searched for personal data: seconds that are nobody else's.
        var pairs = await Task.Run(() => rows.ConvertAll(judge.Judge), ct);
        return new InteractionSet(minion, settings, pairs, pairs.Count(pair => pair.Refusal == PairRefusal.TrainedBefore));
    }

    private static async Task<HashSet<string>> TrainedAsync(RepublicDb db, Minion minion, CancellationToken ct)
    {
        var runs = (await VersionAncestry.ReadAsync(db, minion.Id, ct)).RunsOf(minion.Version);
        var hashes = await db.LearnedPairs.Where(pair => runs.Contains(pair.RunId)).Select(pair => pair.Hash).ToListAsync(ct);
        return hashes.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
    }
}
