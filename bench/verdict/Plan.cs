namespace Republic.Bench;

/// <summary>
/// Which runs a campaign makes. Smaller seeds chose the gate's figures, so these begin above them. 204 were planned before any was made;
/// after 58, when the planned ones would have had too few that are not better, 16 of sorts that had never been better were added.
/// </summary>
internal static class Plan
{
    private const int FirstSeed = 501;

    private static readonly (string Kind, string Variant, int Runs)[] Counts =
    [
        ("style", PlannedRun.Usual, 20),
        ("facts", PlannedRun.Usual, 14),
        ("twice", PlannedRun.Usual, 12),
        ("language", PlannedRun.Usual, 14),
        ("contradictory", PlannedRun.Usual, 6),
        ("templates", PlannedRun.Usual, 4),
        ("tiny", PlannedRun.Usual, 4),
        ("again", PlannedRun.Usual, 4),
        ("random", PlannedRun.Usual, 21),
        ("shuffled", PlannedRun.Usual, 21),
        ("style", PlannedRun.Hot, 10),
        ("facts", PlannedRun.Hot, 10),
        ("twice", PlannedRun.Hot, 10),
        ("language", PlannedRun.Hot, 8),
        ("random", PlannedRun.Hot, 4),
        ("style", PlannedRun.Bare, 16),
        ("facts", PlannedRun.Bare, 14),
        ("twice", PlannedRun.Bare, 10),
        ("language", PlannedRun.Bare, 12),
        ("contradictory", PlannedRun.Bare, 6),
    ];

    /// <summary>One of each sort after the other, so that a campaign that is cut short has some of all.</summary>
    public static IReadOnlyList<PlannedRun> Whole { get; } =
    [
        .. Counts
            .SelectMany(sort =>
                Enumerable
                    .Range(0, sort.Runs)
                    .Select(number => (Run: new PlannedRun(sort.Kind, FirstSeed + number, sort.Variant), Share: (number + 1.0) / sort.Runs))
            )
            .OrderBy(run => run.Share)
            .Select(run => run.Run),
    ];
}
