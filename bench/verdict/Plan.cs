namespace Republic.Bench;

/// <summary>Which runs a campaign makes: the counts were set before any of them was made, and seeds count up from 1.</summary>
internal static class Plan
{
    private static readonly (string Kind, string Variant, int Runs)[] Counts = [("style", PlannedRun.Usual, 20)];

    /// <summary>One of each sort after the other, so that a campaign that is cut short has some of all.</summary>
    public static IReadOnlyList<PlannedRun> Whole { get; } =
    [
        .. Counts
            .SelectMany(sort =>
                Enumerable
                    .Range(1, sort.Runs)
                    .Select(seed => (Run: new PlannedRun(sort.Kind, seed, sort.Variant), Share: (double)seed / sort.Runs))
            )
            .OrderBy(run => run.Share)
            .Select(run => run.Run),
    ];
}
