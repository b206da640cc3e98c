namespace Republic.Core.Chats.Feedback;

/// <summary>The ratings of a minion's answers, counted.</summary>
/// <param name="Good">With a score above <see cref="FeedbackRules.GoodAbove"/>.</param>
/// <param name="Recent">Scores of the answers that were rated last, newest first.</param>
public sealed record RatedAnswers(int Rated, int Good, IReadOnlyList<double> Recent)
{
    /// <summary>The number of latest scores that the mean is taken of.</summary>
    public const int MostRecent = 100;

    /// <summary>The fewest scores of which a mean is shown.</summary>
    public const int FewestForMean = 5;

    public double? Mean => Recent.Count < FewestForMean ? null : Recent.Average();
}
