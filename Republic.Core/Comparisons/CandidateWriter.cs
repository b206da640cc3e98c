using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering;
using Republic.Core.Answering.Clients;
using Republic.Core.Chats.Answers;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Comparisons;

/// <summary>Asks one candidate, by its own model alone: a fallback's answer would be compared as the version's.</summary>
internal sealed class CandidateWriter(
    IVersionedMinions versions,
    MinionTargets targets,
    MinionClients minions,
    TimeProvider time,
    ILogger<CandidateWriter> log
)
{
    /// <summary>In characters. A page and a list hold the answers of many comparisons at once.</summary>
    private const int LongestAnswer = 50_000;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    /// <param name="save">Takes the text so far, once in a while.</param>
    public async Task<AnswerReceipt> WriteAsync(
        Comparison comparison,
        ComparisonAnswer answer,
        AnswerText text,
        Func<Task> save,
        CancellationToken ct
    )
    {
        ReceiptClient? receipts = null;
        try
        {
            var call = await CallAsync(comparison, answer, ct);
            if (!call.Ok)
            {
                return Receipt(AnswerEnd.Failed, call.Failure.Message);
            }

            using var client = minions.Client(call.Value);
            receipts = client.GetRequiredService<ReceiptClient>();
            var options = Character.Options(call.Value.Minion);
            options.Seed = comparison.Seed;
            await StreamAsync(client, comparison.Prompt, options, text, save, ct);
            return text.Length > 0
                ? Receipt(AnswerEnd.Complete)
                : Receipt(AnswerEnd.Failed, "The provider ended the answer without a word. Ask again, or compare with other words.");
        }
        catch (AnswerException e)
        {
            return Receipt(AnswerEnd.Failed, e.Message);
        }
        catch (ProviderException e)
        {
            return Receipt(AnswerEnd.Failed, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException && !ct.IsCancellationRequested && !DatabaseFaults.IsDatabaseAway(e))
        {
            log.LogError(e, "Answer {Position} of comparison {Comparison} failed", answer.Position, comparison.Id);
            return Receipt(AnswerEnd.Failed, "Something went wrong inside Republic. The log has the details; ask again to retry.");
        }

        AnswerReceipt Receipt(AnswerEnd end, string? error = null) =>
            receipts?.Receipt(end, error) ?? new AnswerReceipt(end, error) { Cost = 0 };
    }

    private async Task<Outcome<MinionCall>> CallAsync(Comparison comparison, ComparisonAnswer answer, CancellationToken ct)
    {
        var loaded = await versions.LoadAsync(comparison.OwnerId, answer.MinionId, answer.Version, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var (minion, collections) = loaded.Value;
        var target = await targets.TargetAsync(minion, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var route = ModelRoute.Direct(target.Value) with
        {
            Owner = comparison.OwnerId,
            Minion = minion.Id,
            Purpose = CallPurpose.Comparison,
        };
        // As in a run: a prompt that says “forget that” is compared and not obeyed.
        return new MinionCall(minion, route, AnswerAudience.Training)
        {
            Collections = collections,
            ContextLength = minion.ContextLength,
            NeedsEveryStage = true,
        };
    }

    private async Task StreamAsync(
        IChatClient client,
        string prompt,
        ChatOptions options,
        AnswerText text,
        Func<Task> save,
        CancellationToken ct
    )
    {
        var saved = time.GetTimestamp();
        await foreach (var update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, ct))
        {
            if (update.Text.Length > 0)
            {
                text.Append(update.Text);
            }

            if (text.Length >= LongestAnswer)
            {
                return;
            }

            if (text.Length > 0 && time.GetElapsedTime(saved) >= SaveEvery)
            {
                await save();
                saved = time.GetTimestamp();
            }
        }
    }
}
