using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;

namespace Republic.Core.Interactions;

/// <summary>Trains minions from their person's chats.</summary>
public sealed class InteractionRuns(
    RepublicDb db,
    InteractionReader reader,
    InteractionDataset datasets,
    TrainingEditor editor,
    TrainingControl control
) : IChatRuns
{
    /// <returns>The run, which is started; a conflict says what is missing.</returns>
    public async Task<Outcome<Guid>> StartAsync(Guid owner, InteractionOrder order, CancellationToken ct)
    {
        if (order.MinionId is not { } minion)
        {
            return Failure.Invalid("minion_id", "Say which minion to train: minion_id.");
        }

        if (order.Id is { } known && await FindAsync(owner, known, ct) is { } earlier)
        {
            return await StartAsync(earlier, ct);
        }

        var config = TrainingConfigReader.Parse(order.Config);
        var read = config.Ok ? await reader.ReadAsync(owner, minion, order.Anew, ct) : config.Failure;
        return !read.Ok ? read.Failure
            : read.Value.Missing is { } missing ? Failure.Conflict(missing)
            : await StartAsync(read.Value, config.Value! with { Continues = !order.Anew }, order.Id, ct);
    }

    /// <inheritdoc/>
    public async Task<Failure?> StartAsync(Guid owner, Guid minion, ScheduleConfig config, Guid known, CancellationToken ct)
    {
        if (await FindAsync(owner, known, ct) is { } earlier)
        {
            return (await StartAsync(earlier, ct)).Failure;
        }

        var read = await reader.ReadAsync(owner, minion, anew: false, ct);
        return !read.Ok ? read.Failure
            : await MissingForScheduleAsync(read.Value, ct) is { } missing ? Failure.Invalid("minion_id", missing)
            : (await StartAsync(read.Value, config with { Continues = true }, known, ct)).Failure;
    }

    /// <summary>Says what is missing before a scheduled run can begin; null where nothing is.</summary>
    public async Task<string?> MissingForScheduleAsync(InteractionSet set, CancellationToken ct) =>
        set.Missing ?? await MissingAfterLastAsync(set, ct);

    /// <summary>Says what is missing where the last run's version did not go into use: each week would train it again. Null where nothing is.</summary>
    private async Task<string?> MissingAfterLastAsync(InteractionSet set, CancellationToken ct)
    {
        var minion = set.Minion;
        var last = await db
            .TrainingJobs.OwnedBy(minion.OwnerId)
            .AsNoTracking()
            .Where(job => job.MinionId == minion.Id && job.Origin == RunOrigin.Interactions && job.Report != null)
            .OrderByDescending(job => job.CreatedAt)
            .FirstOrDefaultAsync(ct);
        if (last is not { Report.Promoted: false } || (last.Provider, last.ModelName) != (minion.Provider, minion.ModelId))
        {
            return null;
        }

        var learned = last.DatasetIds;
        var tried = await db.LearnedPairs.Where(pair => learned.Contains(pair.DatasetId)).Select(pair => pair.Hash).ToListAsync(ct);
        return set.MissingAfter(tried.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal));
    }

    private Task<TrainingJob?> FindAsync(Guid owner, Guid run, CancellationToken ct) =>
        db.TrainingJobs.OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(job => job.Id == run, ct);

    private async Task<Outcome<Guid>> StartAsync(InteractionSet set, TrainingConfig config, Guid? known, CancellationToken ct)
    {
        var owner = set.Minion.OwnerId;
        var dataset = await datasets.CreateAsync(set, ct);
        if (!dataset.Ok)
        {
            return dataset.Failure;
        }

        // Whoever hangs up from now on finds the run, or nothing of it.
        var input = Input(set, dataset.Value, config.Continues);
        var made = await editor.CreateAsync(owner, input, config, known, CancellationToken.None);
        var run = made.Ok ? await FindAsync(owner, made.Value, CancellationToken.None) : null;
        if (run?.DatasetIds.Contains(dataset.Value) != true)
        {
            // It was refused, or the same form has just made it with a dataset of its own.
            await datasets.DeleteAsync(owner, dataset.Value);
            return run is not null ? await StartAsync(run, CancellationToken.None) : made.Failure ?? Failure.NotFound("training job");
        }

        var started = await StartAsync(run, CancellationToken.None);
        if (!started.Ok)
        {
            if (!await editor.DeleteUnstartedAsync(owner, run.Id, CancellationToken.None))
            {
                // The same form, sent in another tab, has started it since.
                return await StartAsync(run, CancellationToken.None);
            }

            await datasets.DeleteAsync(owner, dataset.Value);
        }

        return started;
    }

    private async Task<Outcome<Guid>> StartAsync(TrainingJob run, CancellationToken ct)
    {
        var learned = run.DatasetIds;
        var pairs = await db.LearnedPairs.CountAsync(pair => learned.Contains(pair.DatasetId), ct);
        var minion = await db.Citizens.Where(c => c.Id == run.MinionId).Select(c => c.DisplayName).SingleOrDefaultAsync(ct);
        return await control.StartAsync(run.OwnerId, run.Id, $"{minion}: {Counted.Of(pairs, "pair")}", ct);
    }

    private static TrainingInput Input(InteractionSet set, Guid dataset, bool continues) =>
        new(
            $"{set.Minion.Citizen.DisplayName}, {Counted.Of(set.Eligible.Count, "pair")} from chats".AtMost(TrainingTables.MaxName),
            set.Minion.Id,
            TrainingType.LoraOnly.Name(),
            continues ? null : "From the base, with all pairs that may be learned.",
            [dataset]
        )
        {
            Origin = RunOrigin.Interactions,
        };
}
