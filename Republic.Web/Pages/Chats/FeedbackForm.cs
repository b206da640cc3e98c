using Republic.Core.Chats.Feedback;

namespace Republic.Web.Pages.Chats;

/// <summary>The fields of the panel below an answer. They replace the feedback that was there.</summary>
public sealed class FeedbackForm
{
    public string? Correction { get; set; }

    public double? Score { get; set; }

    public string? Comment { get; set; }

    public static FeedbackForm Of(FeedbackRow? feedback) =>
        new()
        {
            Correction = feedback?.Correction,
            Score = feedback?.Score,
            Comment = feedback?.Comment,
        };

    public FeedbackInput ToInput() =>
        new()
        {
            Correction = Correction ?? "",
            Comment = Comment ?? "",
            Score = Score,
            ClearsScore = Score is null,
        };
}
