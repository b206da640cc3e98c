using System.Globalization;

namespace Republic.Web.Pages.Chats;

/// <summary>The form in which a person corrects and scores an answer.</summary>
public sealed record CorrectionView(TurnView Turn, FeedbackForm Input)
{
    public bool Teaches => Turn.Transcript.Conversation.Teaches;

    public string? Score => Input.Score?.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The step of the score field: tenths, unless a client gave a finer score, which the browser would refuse to send.</summary>
    public string Step => Input.Score is { } score && Math.Abs((score * 10) - Math.Round(score * 10)) > 1e-6 ? "any" : "0.1";
}
