using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Spending.Admission;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Tasks.Work;

/// <summary>Asks a minion to do its task, with all stages of an answer, within the limits of an attempt.</summary>
internal sealed class TaskAsker(
    MinionTargets targets,
    MinionClients minions,
    PriceBook prices,
    IOptions<TaskOptions> options,
    TimeProvider time,
    ILogger<TaskAsker> log
)
{
    /// <param name="ct">Where it is cancelled, what was taken until then is in <see cref="TaskProgress.Cut"/>.</param>
    public async Task<AnswerReceipt> AskAsync(TaskOrder order, TaskProgress progress, CancellationToken ct)
    {
        ReceiptClient? receipts = null;
        using var late = new CancellationTokenSource(options.Value.MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            var route = await targets.RouteAsync(order.Minion, CallPurpose.Task, either.Token);
            if (!route.Ok)
            {
                return Receipt(AnswerEnd.Failed, route.Failure.Message);
            }

            var limit = Limit(order, route.Value);
            if (limit.Tokens <= 0)
            {
                return Receipt(AnswerEnd.Failed, limit.Passed);
            }

            using var client = minions.Client(Call(order, route.Value));
            receipts = client.GetRequiredService<ReceiptClient>();
            var isWhole = await StreamAsync(client, order, limit, progress, either.Token);
            return !isWhole ? Receipt(AnswerEnd.Failed, limit.Passed)
                : progress.Text.Length > 0 ? Receipt(AnswerEnd.Complete)
                : Receipt(
                    AnswerEnd.Failed,
                    "The provider ended the answer without a word. Start it again, or describe the task otherwise."
                );
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            progress.Cut = receipts?.Receipt(AnswerEnd.Stopped);
            throw;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            var minutes = Counted.Of((long)Math.Ceiling(options.Value.MaxTime.TotalMinutes), "minute");
            return Receipt(
                AnswerEnd.Failed,
                $"It took longer than {minutes}, as long as an attempt may take. Divide the task, and start it again."
            );
        }
        catch (Exception e) when (e is AnswerException or ProviderException)
        {
            return Receipt(AnswerEnd.Failed, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException && !DatabaseFaults.IsDatabaseAway(e))
        {
            log.LogError(e, "Attempt {Attempt} of task {Task} failed", order.Attempt.Id, order.Attempt.TaskId);
            return Receipt(AnswerEnd.Failed, "Something went wrong inside Republic. The log has the details; start it again to retry.");
        }

        AnswerReceipt Receipt(AnswerEnd end, string? error = null) =>
            receipts?.Receipt(end, error) ?? new AnswerReceipt(end, error) { Cost = 0 };
    }

    private AnswerLimit Limit(TaskOrder order, ModelRoute route)
    {
        var price = route.Nearest is { } target ? prices.Find(order.Attempt.OwnerId, target)?.Price : null;
        return AnswerLimit.Of(order.Prompt.Characters, options.Value.MaxTokens, order.Left, price);
    }

    /// <summary>The task is material enough where the collections hold nothing on it.</summary>
    private static MinionCall Call(TaskOrder order, ModelRoute route) =>
        new(order.Minion, route, AnswerAudience.Task)
        {
            Pipeline = order.Minion.Pipeline with { AnswersWithoutPassages = true },
            ContextLength = route.Candidates[0].ContextLength,
            Query = order.Prompt.Query,
        };

    /// <returns>False where a limit was passed: what came until then is kept.</returns>
    private static async Task<bool> StreamAsync(
        IChatClient client,
        TaskOrder order,
        AnswerLimit limit,
        TaskProgress progress,
        CancellationToken ct
    )
    {
        var settings = Character.Options(order.Minion);
        settings.Instructions = order.Prompt.Instructions;
        settings.MaxOutputTokens = LongestAnswer(order.Minion, limit);
        // At the minion's own limit an answer ends as in a chat; at that of the attempt it would be handed in by halves.
        var isLimited = settings.MaxOutputTokens != order.Minion.MaxTokens;
        var (thought, isCut) = (0L, false);
        await foreach (var update in client.GetStreamingResponseAsync(order.Prompt.Turns, settings, ct))
        {
            if (update.Contents.OfType<StageContent>().LastOrDefault() is { } stages)
            {
                progress.Trace = stages.Trace;
            }

            if (update.Text.Length > 0)
            {
                progress.Phase = "Writes its answer";
                progress.Text.Append(update.Text);
            }

            isCut |= isLimited && update.FinishReason == ChatFinishReason.Length;
            // What a model thinks is paid for as what it says.
            thought += update.Contents.OfType<TextReasoningContent>().Sum(piece => piece.Text.Length);
            if (limit.IsPassedBy(progress.Text.Length + thought))
            {
                return false;
            }
        }

        return !isCut;
    }

    /// <summary>
    /// Tells the provider too where to end, as not all of what a model thinks is streamed. For a minion without a limit of its own, a
    /// number above the usual one is left out: a model that never writes so much refuses the whole question over it.
    /// </summary>
    private static int? LongestAnswer(Minion minion, AnswerLimit limit) =>
        minion.MaxTokens is { } own ? (int)Math.Min(own, limit.Tokens)
        : limit.Tokens <= CostCeiling.UsualAnswer ? (int)limit.Tokens
        : null;
}
