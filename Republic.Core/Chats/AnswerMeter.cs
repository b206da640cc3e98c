using Microsoft.Extensions.AI;
using Republic.Core.Providers;

namespace Republic.Core.Chats;

/// <summary>Measures one answer on the monotonic clock.</summary>
internal sealed class AnswerMeter(TimeProvider time)
{
    private readonly long started = time.GetTimestamp();
    private AnswerPrompt? prompt;
    private string? model;
    private string? finishReason;
    private UsageDetails? usage;
    private double? firstTokenMs;

    public void Calls(AnswerPrompt asked) => prompt = asked;

    public void Saw(ChatResponseUpdate update)
    {
        model = update.ModelId ?? model;
        finishReason = update.FinishReason?.Value ?? finishReason;
        usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
    }

    public void SawText() => firstTokenMs ??= time.GetElapsedTime(started).TotalMilliseconds;

    public AnswerReceipt Receipt(MessageState state, string? error = null) =>
        new(state, error)
        {
            Provider = prompt?.Target.Provider.Name,
            Model = Short(model ?? prompt?.Target.ModelId, 300),
            PromptTokens = (int?)usage?.InputTokenCount,
            CompletionTokens = (int?)usage?.OutputTokenCount,
            MinionVersion = prompt?.MinionVersion,
            // What runs inside Republic costs nothing; what others charge is not known here.
            Cost = prompt?.Target.Provider.Transport == ProviderTransport.ModelHost ? 0 : null,
            FirstTokenMs = firstTokenMs,
            DurationMs = time.GetElapsedTime(started).TotalMilliseconds,
            GenerationMs =
                usage?.AdditionalCounts?.TryGetValue(ModelUsage.GenerationMicroseconds, out var micros) == true ? micros / 1000.0 : null,
            FinishReason = Short(finishReason, 32),
            OmittedMessages = prompt?.Omitted ?? 0,
        };

    // Both come from outside, and the columns are bounded.
    private static string? Short(string? text, int length) => text?.Length > length ? text[..length] : text;
}
