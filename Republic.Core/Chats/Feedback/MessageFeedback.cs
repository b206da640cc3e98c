namespace Republic.Core.Chats.Feedback;

/// <summary>A person's feedback on an answer. Withdrawing it empties the row, which stays, so that an answer earns its minion experience only once.</summary>
public sealed class MessageFeedback
{
    public required Guid MessageId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The score, 0 to 1: a thumb up is 1, a thumb down 0. Null where the person only corrected or commented.</summary>
    public double? Score { get; set; }

    /// <summary>The answer that the person would rather have read. It is learned instead of the minion's, whose score stays.</summary>
    public string? Correction { get; set; }

    public string? Comment { get; set; }

    /// <summary>When the answer's good score earned its minion experience; null where it did not.</summary>
    public DateTimeOffset? ExperienceAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
