using System.Text.Json.Serialization;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Messages;

/// <summary>A message as the API and the page show it.</summary>
public sealed record MessageRow
{
    public required Guid Id { get; init; }
    public required Guid ConversationId { get; init; }
    public required Guid? ParentId { get; init; }
    public required Guid? ReplyToId { get; init; }
    public required AuthorRow Author { get; init; }

    /// <summary>The citizen who wrote it, as in <see cref="Author"/>.</summary>
    public Guid SenderId => Author.Id;
    public required string Content { get; init; }
    public required TurnState State { get; init; }
    public required DeliveryStatus Status { get; init; }
    public required string? Error { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string? Provider { get; init; }
    public required string? Model { get; init; }

    /// <summary>Of the minion that answered: where to look for the run and the rows it comes from.</summary>
    public required int? MinionVersion { get; init; }
    public required int? PromptTokens { get; init; }
    public required int? CompletionTokens { get; init; }
    public required decimal? Cost { get; init; }

    /// <summary>Which models were asked or passed over, and why.</summary>
    public required RouteReceipt? Route { get; init; }

    /// <summary>The stages it went through, with all their texts; null where there was generation alone.</summary>
    public required AnswerTrace? Trace { get; init; }

    /// <summary>The passages that its text names by their numbers.</summary>
    public required IReadOnlyList<CitedPassage> Citations { get; init; }

    /// <summary>Who gave the answer where it was given elsewhere and imported; null for all that was said here.</summary>
    public ImportedAnswer? Imported { get; init; }
    public required double? FirstTokenMs { get; init; }
    public required double? DurationMs { get; init; }
    public required double? GenerationMs { get; init; }
    public required string? FinishReason { get; init; }
    public required int OmittedMessages { get; init; }

    /// <summary>The calls of tools that it asked for, in their order.</summary>
    public required IReadOnlyList<ToolCallRow> ToolCalls { get; init; }

    /// <summary>The person's feedback on this answer; null where they gave none.</summary>
    public required FeedbackRow? Feedback { get; init; }

    /// <summary>The message itself and what else was said in its place, in the order written: branches.</summary>
    public required IReadOnlyList<Guid> Siblings { get; init; }

    /// <summary>
    /// As the model's server measured it: what arrives here may arrive in one piece. Else from the first token to the last, of which the
    /// first itself is not part.
    /// </summary>
    public double? TokensPerSecond =>
        CompletionTokens is not (> 1 and var tokens) ? null
        : GenerationMs is > 0 and var generating ? tokens / generating * 1000
        : ToolCalls.Count == 0 && DurationMs - FirstTokenMs is > 0 and var ms ? (tokens - 1) / ms * 1000
        : null;

    /// <summary>The truncation of a conversation that was too long for the model that answered; null where there was none.</summary>
    [JsonIgnore]
    public HistoryFit? History => Route?.Answer?.History;

    /// <summary>Everybody who was asked for it, stage by stage.</summary>
    [JsonIgnore]
    public IReadOnlyList<RouteAttempt> Attempts => [.. Trace?.Attempts ?? [], .. Route?.Attempts ?? []];

    /// <summary>Some of the cost is worked out from what was sent, because a provider did not count.</summary>
    [JsonIgnore]
    public bool IsEstimate => Attempts.Any(attempt => attempt.IsEstimate);

    [JsonIgnore]
    public bool IsBeingWritten => State is TurnState.Pending or TurnState.Streaming;
}
