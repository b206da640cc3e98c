using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Answering;

namespace Republic.Core.Training.Journal;

/// <param name="Seconds">Of the call alone, by a clock that cannot be set; of all stages where there is more than one.</param>
public sealed record ModelAnswer(string Text, double Seconds, long? PromptTokens, long? CompletionTokens, string? Model)
{
    /// <summary>How it was made, an <see cref="Answering.Traces.AnswerTrace"/> as chats store it; null where a model alone was asked.</summary>
    public JsonElement? Trace { get; init; }

    internal static ModelAnswer Of(ChatResponse answer, AnswerReceipt receipt) =>
        new(
            // The database takes no text with a NUL, and a model may well write one.
            answer.Text.Replace("\0", "", StringComparison.Ordinal),
            receipt.DurationMs!.Value / 1000,
            answer.Usage?.InputTokenCount,
            answer.Usage?.OutputTokenCount,
            answer.ModelId
        )
        {
            Trace = receipt.Trace is { } trace ? JsonElement.Parse(trace.ToJson()) : null,
        };
}
