using System.Text.Json;

namespace Republic.Core.Training.Journal;

/// <param name="Seconds">Of the call alone, by a clock that cannot be set; of all stages where there is more than one.</param>
public sealed record ModelAnswer(string Text, double Seconds, long? PromptTokens, long? CompletionTokens, string? Model)
{
    /// <summary>How it was made, an <see cref="Pipeline.AnswerTrace"/> as chats store it; null where a model alone was asked.</summary>
    public JsonElement? Trace { get; init; }
}
