using Republic.Core.Answering.Turns;

namespace Republic.Core.Archives.Records;

/// <param name="ByMinion">Whether the minion wrote it; else the person did.</param>
internal sealed record ArchivedMessage(Guid Id, bool ByMinion, string Content, TurnState State)
{
    public Guid? ParentId { get; init; }

    public Guid? ReplyToId { get; init; }

    public string? Error { get; init; }

    public string? FinishReason { get; init; }

    public ArchivedAnswer? Answer { get; init; }

    public ArchivedFeedback? Feedback { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
