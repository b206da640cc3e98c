using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Audit;
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
    TrainingControl control,
    AuditLog audit
) : IChatRuns
{
    /// <returns>The run, which is started; a conflict says what is missing.</returns>
    public async Task<Outcome<Guid>> StartAsync(Guid owner, InteractionOrder order, CancellationToken ct)
    {
        if (order.MinionId is not { } minion)
        {
            return Failure.Invalid("minion_id", "Say which minion to train: minion_id.");
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
        var read = await reader.ReadAsync(owner, minion, anew: false, ct);
        return !read.Ok ? read.Failure
            : read.Value.Missing is { } missing ? Failure.Invalid("minion_id", missing)
            : (await StartAsync(read.Value, config with { Continues = true }, known, ct)).Failure;
    }

    private async Task<Outcome<Guid>> StartAsync(InteractionSet set, TrainingConfig config, Guid? known, CancellationToken ct)
    {
        if (known is { } same && await db.LearnedPairs.AnyAsync(pair => pair.RunId == same && pair.OwnerId == set.Minion.OwnerId, ct))
        {
            return await control.StartAsync(set.Minion.OwnerId, same, ct);
        }

        var dataset = await datasets.CreateAsync(set, ct);
        if (!dataset.Ok)
        {
            return dataset.Failure;
        }

        var run = await MakeAsync(set, dataset.Value, config, known, ct);
        if (!run.Ok)
        {
            await datasets.DeleteAsync(set.Minion.OwnerId, dataset.Value);
            return run.Failure;
        }

        var subject = $"{set.Minion.Citizen.DisplayName}: {set.Eligible.Count} pairs";
        await audit.WriteForAsync(set.Minion.OwnerId, AuditActions.TrainedFromChats, subject);
        return run;
    }

    private async Task<Outcome<Guid>> MakeAsync(InteractionSet set, Guid dataset, TrainingConfig config, Guid? known, CancellationToken ct)
    {
        var owner = set.Minion.OwnerId;
        var input = new TrainingInput(
            $"{set.Minion.Citizen.DisplayName}, {set.Eligible.Count} pairs from chats".AtMost(TrainingTables.MaxName),
            set.Minion.Id,
            TrainingType.LoraOnly.Name(),
            config.Continues ? null : "From the base, with all pairs that may be learned.",
            [dataset]
        )
        {
            Origin = RunOrigin.Interactions,
        };
        var made = await editor.CreateAsync(owner, input, config, known, ct);
        if (!made.Ok)
        {
            return made;
        }

        // Before it starts: whoever takes a chat back from now on stops the run.
        db.LearnedPairs.AddRange(set.Eligible.Select(pair => Learned(made.Value, set, pair)));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Failure.Conflict("This run was begun a moment ago by the same form. See it under Runs.");
        }

        var started = await control.StartAsync(owner, made.Value, ct);
        if (!started.Ok)
        {
            await editor.DeleteAsync(owner, made.Value, CancellationToken.None);
            await db.LearnedPairs.Where(pair => pair.RunId == made.Value).ExecuteDeleteAsync(CancellationToken.None);
        }

        return started;
    }

    private static LearnedPair Learned(Guid run, InteractionSet set, InteractionPair pair) =>
        new()
        {
            RunId = run,
            MessageId = pair.MessageId,
            ConversationId = pair.ConversationId,
            OwnerId = set.Minion.OwnerId,
            MinionId = set.Minion.Id,
            Hash = pair.Hash,
            MemoryIds = [.. pair.MemoryIds],
            IsCorrection = pair.IsCorrection,
        };
}
