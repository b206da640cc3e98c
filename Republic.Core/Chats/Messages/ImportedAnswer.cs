namespace Republic.Core.Chats.Messages;

/// <summary>Who gave an answer elsewhere, before its chat was imported, and what it took there. None of it counts here.</summary>
/// <param name="At">When it was imported.</param>
public sealed record ImportedAnswer(
    string? Provider,
    string? Model,
    int? MinionVersion,
    int? PromptTokens,
    int? CompletionTokens,
    decimal? Cost,
    double? DurationMs,
    DateTimeOffset At
);
