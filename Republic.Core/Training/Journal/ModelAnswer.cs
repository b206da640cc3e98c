namespace Republic.Core.Training.Journal;

/// <param name="Seconds">Of the call alone, by a clock that cannot be set.</param>
public sealed record ModelAnswer(string Text, double Seconds, long? PromptTokens, long? CompletionTokens, string? Model);
