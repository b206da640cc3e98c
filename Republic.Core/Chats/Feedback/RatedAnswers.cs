namespace Republic.Core.Chats.Feedback;

/// <summary>How the answers of a minion were rated.</summary>
/// <param name="Good">With a score above <see cref="FeedbackRules.GoodAbove"/>.</param>
/// <param name="Recent">Scores of the answers that were rated last, newest first.</param>
public sealed record RatedAnswers(int Rated, int Good, IReadOnlyList<double> Recent)
{
    /// <summary>So many of the last ones make the mean.</summary>
    public const int MostRecent = 100;

    /// <summary>Of fewer a mean says nothing.</summary>
    public const int FewestForMean = 5;

    public double? Mean => Recent.Count < FewestForMean ? null : Recent.Average();
}
