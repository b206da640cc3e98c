using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>Reads a person's runs from chats.</summary>
public sealed class InteractionJobs(IDbContextFactory<RepublicDb> databases, TrainingCards cards)
{
    /// <summary>Lists runs, the newest first. <paramref name="before"/> is the last of the page before this one.</summary>
    public async Task<IReadOnlyList<InteractionJob>> ListAsync(Guid owner, Guid? minion, int limit, Guid? before, CancellationToken ct)
    {
        var filter = new TrainingFilter(Minion: minion, Origin: RunOrigin.Interactions);
        return await CountedAsync(await cards.ListAsync(owner, filter, limit, before, ct), ct);
    }

    public async Task<Outcome<InteractionJob>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var card = await cards.FindAsync(owner, id, ct);
        return !card.Ok ? card.Failure
            : card.Value.Origin != RunOrigin.Interactions ? Failure.NotFound("training job")
            : (await CountedAsync([card.Value], ct))[0];
    }

    private async Task<IReadOnlyList<InteractionJob>> CountedAsync(IReadOnlyList<TrainingCard> runs, CancellationToken ct)
    {
        var datasets = runs.SelectMany(run => run.DatasetIds).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(ct);
        var pairs = await db
            .LearnedPairs.Where(pair => datasets.Contains(pair.DatasetId))
            .GroupBy(pair => pair.DatasetId)
            .Select(set => new { set.Key, Pairs = set.Count() })
            .ToDictionaryAsync(set => set.Key, set => set.Pairs, ct);
        return [.. runs.Select(run => new InteractionJob(run, run.DatasetIds.Sum(set => pairs.GetValueOrDefault(set))))];
    }
}
