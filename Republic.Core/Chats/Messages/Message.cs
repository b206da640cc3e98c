using Republic.Core.Answering.Traces;
using Republic.Core.Citizens;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Chats.Messages;

public sealed class Message
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ConversationId { get; init; }

    public required Guid AuthorId { get; init; }

    public Citizen? Author { get; init; }

    /// <summary>The message before this one. Siblings are branches: an answer given again, a question asked differently.</summary>
    public Guid? ParentId { get; init; }

    public Guid? ReplyToId { get; init; }

    /// <summary>Made by the sender: the same form sent twice is one message.</summary>
    public string? ClientKey { get; init; }

    public required string Content { get; set; }

    public required MessageState State { get; set; }

    public string? Error { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>While an answer is written this is its writer's heartbeat: one that falls silent was interrupted.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    // The receipt of an answer; every figure is measured or the provider's own
    public string? Provider { get; set; }
    public string? Model { get; set; }

    /// <summary>Of the minion that answered; null where no model was asked.</summary>
    public int? MinionVersion { get; set; }
    public int? PromptTokens { get; set; }
    public int? CompletionTokens { get; set; }
    public decimal? Cost { get; set; }

    /// <summary>Which models were asked or passed over, and why; null where none was.</summary>
    public RouteReceipt? Route { get; set; }

    /// <summary>The stages it went through; null where there was generation alone.</summary>
    public AnswerTrace? Trace { get; set; }
    public double? FirstTokenMs { get; set; }
    public double? DurationMs { get; set; }

    /// <summary>Spent on the answer's tokens, as the model's server measured it; null where it did not say.</summary>
    public double? GenerationMs { get; set; }

    /// <summary>Why the model ended, in the common words: <c>stop</c>, or <c>length</c> when it ran into the limit on tokens.</summary>
    public string? FinishReason { get; set; }

    /// <summary>
    /// How many of the oldest messages did not reach the model: its context could not hold them, or it answers well to fewer
    /// (<see cref="RouteHop.History"/>).
    /// </summary>
    public int OmittedMessages { get; set; }

    public bool IsBeingWritten => State is MessageState.Pending or MessageState.Streaming;
}
