namespace Republic.Core.Datasets.Splitting;

/// <summary>How many clusters of rows are held out where nobody says a share: the one rule for datasets, runs and the command line.</summary>
public static class HeldOutShare
{
    /// <summary>With fewer groups of held-out rows no run can tell better from chance.</summary>
    public const int FewestGroups = 12;

    public const double Usual = 0.1;
    public const double Largest = 0.25;

    /// <summary>A tenth, and up to a quarter where that is too few to tell.</summary>
    public static double For(int groups) => Math.Clamp((double)FewestGroups / Math.Max(groups, 1), Usual, Largest);

    /// <summary>How many groups more would let so many be held out.</summary>
    /// <param name="groups">All there are.</param>
    public static int Missing(int groups, int needed = FewestGroups) =>
        Math.Max(0, (int)Math.Ceiling(needed / (needed > FewestGroups ? Usual : Largest)) - groups);

    /// <summary>What to add, in words, where too few groups are held out to tell anything; null where there are enough.</summary>
    public static string? Advice(int rows, int differentAnswers, int groups, int heldOutGroups) =>
        heldOutGroups >= FewestGroups || rows == 0
            ? null
            : FormattableString.Invariant(
                $"The answers of the {rows:n0} rows fall into {differentAnswers:n0} {(differentAnswers == 1 ? "group" : "groups")} of nearly equal ones, so {heldOutGroups:n0} {(heldOutGroups == 1 ? "group" : "groups")} of rows could be held out; {FewestGroups} are needed to tell better from chance: "
            )
                + (
                    Missing(groups) is > 0 and var missing
                        ? FormattableString.Invariant($"add rows with about {missing} answers that differ from these.")
                        : "hold a larger share out."
                );
}
