namespace Republic.Core.Citizens.Capabilities;

/// <summary>
/// How well a citizen can do something, from what was counted alone: the mean of a beta distribution that begins even, and how narrow it has
/// become. A score counts half as much as an outcome.
/// </summary>
public static class CapabilityRule
{
    /// <summary>The proficiency of what nothing was counted for, or as much that went well as that did not.</summary>
    public const double Even = 3;

    /// <returns>1 to 5.</returns>
    public static double Proficiency(CapabilityCounts counts)
    {
        var (a, b) = Parameters(counts);
        return 1 + 4 * a / (a + b);
    }

    /// <returns>0, where nothing was counted, to below 1.</returns>
    public static double Confidence(CapabilityCounts counts)
    {
        var (a, b) = Parameters(counts);
        var sum = a + b;
        return 1 - Math.Sqrt(12 * a * b / (sum * sum * (sum + 1)));
    }

    private static (double A, double B) Parameters(CapabilityCounts counts) =>
        (1 + counts.Successes + counts.FeedbackSum / 2, 1 + counts.Failures + (counts.FeedbackCount - counts.FeedbackSum) / 2);
}
