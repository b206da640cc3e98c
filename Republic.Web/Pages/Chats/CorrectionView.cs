using System.Globalization;

namespace Republic.Web.Pages.Chats;

/// <summary>What a person would rather have read than an answer, and how good they find it.</summary>
public sealed record CorrectionView(TurnView Turn, FeedbackForm Input)
{
    public bool Teaches => Turn.Transcript.Conversation.Teaches;

    public string? Score => Input.Score?.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Tenths, unless a client gave a finer score: the browser would refuse to send that.</summary>
    public string Step => Input.Score is { } score && Math.Abs((score * 10) - Math.Round(score * 10)) > 1e-6 ? "any" : "0.1";
}
