using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats;

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

    public void Calls(AnswerPrompt question) => prompt = question;

    public void Asks(RoutedChatClient client) => asked.Add(client);

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
            Provider = hop?.Provider ?? prompt?.Route.First?.Provider.Name,
            Model = Short(model ?? hop?.Model ?? prompt?.Route.First?.ModelId, 300),
            PromptTokens = (int?)usage?.InputTokenCount,
            CompletionTokens = (int?)usage?.OutputTokenCount,
            MinionVersion = prompt?.MinionVersion,
            Cost = route?.Cost,
            Route = route,
            FirstTokenMs = firstTokenMs,
            DurationMs = time.GetElapsedTime(started).TotalMilliseconds,
            GenerationMs =
                usage?.AdditionalCounts?.TryGetValue(ModelUsage.GenerationMicroseconds, out var micros) == true ? micros / 1000.0 : null,
            FinishReason = Short(finishReason, 32),
            OmittedMessages = prompt?.Omitted ?? 0,
        };
    }

    private static UsageDetails Of(TokenCounts tokens) => new() { InputTokenCount = tokens.Input, OutputTokenCount = tokens.Output };

    // Both come from outside, and the columns are bounded.
    private static string? Short(string? text, int length) => text?.Length > length ? text[..length] : text;
}
