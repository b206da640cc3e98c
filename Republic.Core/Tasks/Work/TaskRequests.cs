using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
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
    IMinionTools tools,
    IDbContextFactory<RepublicDb> databases,
    IOptions<TaskOptions> options
)
{
    public async Task<Outcome<TurnRequest>> RequestAsync(TaskAttempt attempt, RunningTurn turn, CancellationToken ct)
    {
        turn.Phase = "Reads the task";
        var before = await BeforeAsync(attempt.Id, ct);
        turn.Begin(before?.Written);
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

        var limit = Limit(order, route.Value, before);
        if (limit.Tokens <= 0)
        {
            return Failure.Conflict(limit.Passed);
        }

        var session = await ToolsAsync(attempt, order, route.Value, before, ct);
        var request = Request(order, route.Value, limit);
        return request with { Call = request.Call with { Tools = session, Resumed = before?.Trace } };
    }

    private async Task<PartialAnswer?> BeforeAsync(Guid attempt, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PartialAnswer.LoadAsync<TaskAttempt>(db, attempt, ct);
    }

    /// <summary>None where the model takes none, or does not follow the prompt of a task.</summary>
    private async Task<ToolSession?> ToolsAsync(
        TaskAttempt attempt,
        TaskOrder order,
        ModelRoute route,
        PartialAnswer? before,
        CancellationToken ct
    ) =>
        route.TakesTools && !order.Prompt.IsBare
            ? await tools.OpenAsync(
                new ToolOrder(order.Minion, AnswerAudience.Task)
                {
                    Attempt = attempt.Id,
                    IsShared = order.IsShared,
                    Said = order.Said,
                    HasReadOthers = order.HasOthers,
                    Earlier = before?.Rounds ?? [],
                },
                ct
            )
            : null;

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

    /// <param name="before">What it had before it waited, which is sent once more.</param>
    private TurnLimit Limit(TaskOrder order, ModelRoute route, PartialAnswer? before)
    {
        var price = route.Nearest is { } target ? prices.Find(order.Minion.OwnerId, target)?.Price : null;
        var results = before?.Rounds.SelectMany(round => round.Calls).Sum(call => (long)(call.Result?.Length ?? 0)) ?? 0;
        return AnswerLimit.Of(order.Prompt.Characters + results, options.Value.MaxTokens, order.Left, price);
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
