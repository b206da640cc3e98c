using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Tasks.Work;

/// <summary>What a minion is asked for an attempt at its task, with all stages of an answer, within the limits of an attempt.</summary>
internal sealed class TaskRequests(
    TaskLoader loader,
    MinionTargets targets,
    PriceBook prices,
    IDbContextFactory<RepublicDb> databases,
    IOptions<TaskOptions> options
)
{
    public async Task<Outcome<TurnRequest>> RequestAsync(TaskAttempt attempt, RunningTurn turn, CancellationToken ct)
    {
        turn.Phase = "Reads the task";
        var loaded = await loader.LoadAsync(attempt, () => turn.Phase = "Gives its model three short tasks, once", ct);
        if (!loaded.Ok)
        {
            turn.Cancel(new TurnCancellation(AnswerEnd.Stopped, loaded.Failure.Message));
            return loaded.Failure;
        }

        var order = loaded.Value;
        if (order.Prompt.IsBare)
        {
            await MarkBareAsync(attempt.Id, ct);
        }

        turn.Phase = order.Read;
        var route = await targets.RouteAsync(order.Minion, CallPurpose.Task, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var limit = Limit(attempt.OwnerId, order, route.Value);
        return limit.Tokens > 0 ? Request(order, route.Value, limit) : Failure.Conflict(limit.Passed);
    }

    private TurnRequest Request(TaskOrder order, ModelRoute route, TurnLimit limit)
    {
        var minutes = Counted.Of((long)Math.Ceiling(options.Value.MaxTime.TotalMinutes), "minute");
        var settings = Character.Options(order.Minion);
        settings.Instructions = order.Prompt.Instructions;
        settings.MaxOutputTokens = LongestAnswer(order.Minion, limit);
        // The task is material enough where the collections hold nothing on it.
        var call = new MinionCall(order.Minion, route, AnswerAudience.Task)
        {
            Pipeline = order.Minion.Pipeline with { AnswersWithoutPassages = true },
            ContextLength = route.Candidates[0].ContextLength,
            Query = order.Prompt.Query,
        };
        return new TurnRequest(call, order.Prompt.Turns, settings)
        {
            // At the minion's own limit an answer ends as in a chat; at that of the attempt it would be handed in by halves.
            Limit = limit with
            {
                CutsAtLength = settings.MaxOutputTokens != order.Minion.MaxTokens,
            },
            Time = (
                options.Value.MaxTime,
                $"It took longer than {minutes}, as long as an attempt may take. Divide the task, and start it again."
            ),
        };
    }

    private TurnLimit Limit(Guid owner, TaskOrder order, ModelRoute route)
    {
        var price = route.Nearest is { } target ? prices.Find(owner, target)?.Price : null;
        return AnswerLimit.Of(order.Prompt.Characters, options.Value.MaxTokens, order.Left, price);
    }

    /// <summary>
    /// Tells the provider too where to end, as not all of what a model thinks is streamed. For a minion without a limit of its own, a
    /// number above the usual one is left out: a model that never writes so much refuses the whole question over it.
    /// </summary>
    private static int? LongestAnswer(Minion minion, TurnLimit limit) =>
        minion.MaxTokens is { } own ? (int)Math.Min(own, limit.Tokens)
        : limit.Tokens <= CostCeiling.UsualAnswer ? (int)limit.Tokens
        : null;

    private async Task MarkBareAsync(Guid attempt, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .TaskAttempts.Where(a => a.Id == attempt)
            .BeingWritten()
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.BareRequest, true), ct);
    }
}
