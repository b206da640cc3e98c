namespace Republic.Core.Chats.Feedback;

/// <summary>A person's feedback on an answer, as the API and the page show it.</summary>
public sealed record FeedbackRow(double? Score, string? Comment, string? Correction, DateTimeOffset UpdatedAt)
{
    /// <summary>Reads a stored feedback; null where there is none or it was withdrawn.</summary>
    public static FeedbackRow? Of(MessageFeedback? feedback) =>
        feedback is null or { Score: null, Comment: null, Correction: null }
            ? null
            : new FeedbackRow(feedback.Score, feedback.Comment, feedback.Correction, feedback.UpdatedAt);
}
