using Microsoft.Extensions.AI;
using Republic.Core.Answering.Traces;
using Republic.Core.Chats.Messages;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Answers;

/// <summary>Measures one answer on the monotonic clock.</summary>
internal sealed class AnswerMeter(TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private readonly List<RoutedChatClient> asked = [];
    private AnswerPrompt? prompt;
    private string? model;
    private string? finishReason;
    private UsageDetails? counted;
    private double? firstTokenMs;
    private long? askedAt;
    private AnswerTrace? trace;
    private string? missed;

    public void Calls(AnswerPrompt question) => prompt = question;

    public void Passed(AnswerTrace stages) => trace = stages;

    /// <summary>The stages before it gave the answer, and no model is asked.</summary>
    public void Finished() => finishReason = "stop";

    /// <summary>The model did not answer, and what the stages before it found is the answer.</summary>
    public void Missed(string reason) => (missed, finishReason) = (reason, "stop");

    public void Asks(RoutedChatClient client)
    {
        askedAt ??= time.GetTimestamp();
        asked.Add(client);
    }

    public void Saw(ChatResponseUpdate update)
    {
        model = update.ModelId ?? model;
        finishReason = update.FinishReason?.Value ?? finishReason;
        counted = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? counted;
    }

    public void SawText() => firstTokenMs ??= time.GetElapsedTime(started).TotalMilliseconds;

    public AnswerReceipt Receipt(MessageState state, string? error = null)
    {
        // A question that was too long is asked again with less before it, and what that took belongs to the answer too.
        var receipts = asked.ConvertAll(client => client.Receipt).OfType<RouteReceipt>().ToList();
        var route = receipts.Count == 0 ? null : receipts[^1] with { Hops = [.. receipts.SelectMany(receipt => receipt.Hops)] };
        var hop = route?.Answer ?? route?.Hops.LastOrDefault(h => h.WasSent);
        // What is counted in a remembered answer was counted when it was given.
        var usage = hop is { Outcome: RouteOutcome.Cached, Tokens: { } now } ? Of(now) : counted;
        return new AnswerReceipt(state, error)
        {
            Provider = hop?.Provider,
            Model = Short(hop is null ? null : model ?? hop.Model, 300),
            PromptTokens = (int?)usage?.InputTokenCount,
            CompletionTokens = (int?)usage?.OutputTokenCount,
            MinionVersion = prompt?.MinionVersion,
            Cost = WithStages(asked.Count == 0 ? 0 : route?.Cost),
            Route = route,
            Trace = Whole(state, missed ?? error, model ?? hop?.Model, route?.Cost),
            FirstTokenMs = firstTokenMs,
            DurationMs = time.GetElapsedTime(started).TotalMilliseconds,
            GenerationMs =
                usage?.AdditionalCounts?.TryGetValue(ModelUsage.GenerationMicroseconds, out var micros) == true ? micros / 1000.0 : null,
            FinishReason = Short(finishReason, 32),
            OmittedMessages = prompt?.OmittedWith(hop?.History?.Omitted ?? 0) ?? 0,
        };
    }

    /// <summary>What the stages before it cost belongs to the answer.</summary>
    private decimal? WithStages(decimal? own) => own + new RouteReceipt { Hops = trace?.Hops ?? [] }.Cost;

    /// <summary>With the last stage, whatever became of it.</summary>
    private AnswerTrace? Whole(MessageState state, string? problem, string? answered, decimal? cost) =>
        trace is null || trace.Find(StageName.Generation) is not null ? trace
        : askedAt is not { } began
            ? trace.With(
                new StageTrace(
                    StageName.Generation,
                    StageStatus.Skipped,
                    state == MessageState.Failed ? "Not begun: no stage is left that could answer." : "Not begun."
                )
            )
        : trace.With(
            new StageTrace(
                StageName.Generation,
                missed is null && state is MessageState.Complete or MessageState.Stopped ? StageStatus.Done : StageStatus.Failed,
                state == MessageState.Stopped ? "Stopped before its end." : problem,
                time.GetElapsedTime(began).TotalMilliseconds
            )
            {
                Model = Short(answered, 300),
                Cost = cost,
            }
        );

    private static UsageDetails Of(TokenCounts tokens) => new() { InputTokenCount = tokens.Input, OutputTokenCount = tokens.Output };

    // Both come from outside, and the columns are bounded.
    private static string? Short(string? text, int length) => text?.Length > length ? text[..length] : text;
}
