using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Traces;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering.Clients;

/// <summary>Measures one answer on the monotonic clock, and writes its receipt.</summary>
public sealed class ReceiptClient : DelegatingChatClient
{
    private readonly AnswerContext context;
    private readonly TimeProvider time;
    private readonly long started;
    private string? model;
    private string? finishReason;
    private UsageDetails? counted;
    private double? firstTokenMs;

    internal ReceiptClient(IChatClient inner, AnswerContext context, TimeProvider time)
        : base(inner) => (this.context, this.time, started) = (context, time, context.Call.StartedAt ?? time.GetTimestamp());

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var response = await base.GetResponseAsync(messages, options, cancellationToken);
        model = response.ModelId;
        finishReason = response.FinishReason?.Value;
        counted = response.Usage;
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            model = update.ModelId ?? model;
            finishReason = update.FinishReason?.Value ?? finishReason;
            counted = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? counted;
            firstTokenMs ??= update.Text.Length > 0 ? time.GetElapsedTime(started).TotalMilliseconds : null;
            yield return update;
        }
    }

    /// <summary>The receipt of the answer so far.</summary>
    /// <param name="end">How it ended, as only the reader of the answer knows.</param>
    public AnswerReceipt Receipt(AnswerEnd end, string? error = null)
    {
        var route = (GetService(typeof(RoutedChatClient)) as RoutedChatClient)?.Receipt;
        var attempt = route?.Answer ?? route?.Attempts.LastOrDefault(h => h.WasSent);
        // The tokens of a cached answer were counted when it was given.
        var usage = attempt is { Outcome: RouteOutcome.Cached, Tokens: { } now } ? Of(now) : counted;
        return new AnswerReceipt(end, error)
        {
            Provider = attempt?.Provider,
            Model = Short(attempt is null ? null : model ?? attempt.Model, 300),
            PromptTokens = (int?)usage?.InputTokenCount,
            CompletionTokens = (int?)usage?.OutputTokenCount,
            MinionVersion = context.Asked is null ? null : context.Call.Minion.Version,
            Cost = WithStages(route is null ? 0 : route.Cost),
            Route = route,
            Trace = Whole(end, context.Missed ?? error, model ?? attempt?.Model, route?.Cost),
            FirstTokenMs = firstTokenMs,
            DurationMs = time.GetElapsedTime(started).TotalMilliseconds,
            GenerationMs =
                usage?.AdditionalCounts?.TryGetValue(ModelUsage.GenerationMicroseconds, out var micros) == true ? micros / 1000.0 : null,
            FinishReason = Short(finishReason, 32),
            OmittedMessages = context.Asked?.OmittedWith(attempt?.History?.Omitted ?? 0) ?? 0,
        };
    }

    /// <summary>The cost of the stages before the model belongs to the answer.</summary>
    private decimal? WithStages(decimal? own)
    {
        var asked = context.Trace?.Attempts ?? [];
        // What was asked before the answer waited stands in the receipt of that part.
        return own + new RouteReceipt { Attempts = [.. asked.Except(context.Call.Resumed?.Attempts ?? [])] }.Cost;
    }

    /// <summary>The trace with its last stage, whatever became of that.</summary>
    private AnswerTrace? Whole(AnswerEnd end, string? problem, string? answered, decimal? cost)
    {
        // An answer that was drawn again, or to another question, says so, also where no other stage had anything to do.
        var begun = context.Trace ?? (context.Remark is null ? null : new AnswerTrace([]));
        if (begun is not { } trace || end == AnswerEnd.Waiting || trace.Find(StageName.Generation) is not null)
        {
            return begun;
        }

        if (context.AskedAt is not { } asked)
        {
            var reason = end == AnswerEnd.Failed ? "Not begun: no stage is left that could answer." : "Not begun.";
            return trace.With(new StageTrace(StageName.Generation, StageStatus.Skipped, reason));
        }

        return trace.With(
            new StageTrace(
                StageName.Generation,
                context.Missed is null && end is AnswerEnd.Complete or AnswerEnd.Stopped ? StageStatus.Done : StageStatus.Failed,
                end == AnswerEnd.Stopped ? "Stopped before its end." : problem ?? context.Remark,
                time.GetElapsedTime(asked).TotalMilliseconds
            )
            {
                Model = Short(answered, 300),
                Cost = cost,
            }
        );
    }

    private static UsageDetails Of(TokenCounts tokens) => new() { InputTokenCount = tokens.Input, OutputTokenCount = tokens.Output };

    // Both come from outside; the columns are bounded, and take no NUL.
    private static string? Short(string? text, int length) => text?.Replace("\0", "", StringComparison.Ordinal).AtMost(length);
}
