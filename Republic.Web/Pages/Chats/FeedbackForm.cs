using Republic.Core.Chats.Feedback;

namespace Republic.Web.Pages.Chats;

/// <summary>The panel below an answer: all that stands in it is what is kept.</summary>
public sealed class FeedbackForm
{
    public string? Correction { get; set; }

    public double? Score { get; set; }

    public static FeedbackForm Of(FeedbackRow? feedback) => new() { Correction = feedback?.Correction, Score = feedback?.Score };

    public FeedbackInput ToInput() =>
        new()
        {
            Correction = Correction ?? "",
            Score = Score,
            ClearsScore = Score is null,
        };
}
