namespace Republic.Core.Chats.Feedback;

/// <summary>What a person thinks of an answer, as the API and the page show it.</summary>
public sealed record FeedbackRow(double? Score, string? Comment, string? Correction, DateTimeOffset UpdatedAt)
{
    /// <summary>Null where nothing was said, or all of it was taken back.</summary>
    public static FeedbackRow? Of(MessageFeedback? feedback) =>
        feedback is null or { Score: null, Comment: null, Correction: null }
            ? null
            : new FeedbackRow(feedback.Score, feedback.Comment, feedback.Correction, feedback.UpdatedAt);
}
