using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Training.Gate;

/// <summary>
/// Before against after, over all prompts of a run. A version is promoted by itself only if it is better and has not forgotten.
/// Prompts whose questions or answers are nearly equal tell the same thing twice, so each group of them counts once.
/// </summary>
/// <param name="Prompts">None where nothing could grade.</param>
/// <param name="Retention">Null where no weights were trained.</param>
public sealed record GateComparison(IReadOnlyList<PairedPrompt> Prompts, int Seed, Retention? Retention = null)
{
    /// <summary>
    /// The new version's answers to the questions of others, before, against its own, after. Empty where that was not measured.
    /// Rows whose answers have nothing to do with their questions teach how to sound, and a loss alone would call that better.
    /// </summary>
    public IReadOnlyList<PairedPrompt> Swapped { get; init; } = [];

    /// <summary>
    /// By how much the rows' answers share more words with their own questions than with the most alike of others; null where that was not
    /// measured.
    /// </summary>
    public ConfidenceInterval? LexicalOverlap { get; init; }

    /// <summary>
    /// By how much the rows' answers are nearer in meaning to their own questions than to the most alike of others, as a difference of cosines;
    /// null where words tell, or where it was not measured.
    /// </summary>
    public ConfidenceInterval? SemanticOverlap { get; init; }

    public const int FewestGroups = HeldOutShare.FewestGroups;

    /// <summary>Null where there are too few groups for one.</summary>
    public ConfidenceInterval? Interval { get; } = IntervalOf(Prompts, Seed);

    /// <summary>The mean difference of the groups, which <see cref="Interval"/> is around.</summary>
    public double? Gain { get; } = Prompts.Count == 0 ? null : Differences(Prompts).Average();

    /// <summary>Groups of prompts that differ from each other.</summary>
    public int Groups { get; } = GroupsOf(Prompts).Count();

    /// <summary>By how much answers fit their own questions better than those of others; null where that was not measured.</summary>
    public ConfidenceInterval? QuestionEffect => IntervalOf(Swapped, Seed);

    public GateVerdict Verdict =>
        Retention is { Holds: false }
            ? GateVerdict.Forgot
            : Of(Groups, Interval?.Low, Interval?.High, QuestionEffect is { Low: <= 0 } && !TakesOnManner);

    /// <summary>The rows are about what they ask, by words or by meaning; null where that was not measured.</summary>
    public bool? RowsFitQuestions => LexicalOverlap is { } byWords ? byWords.Low > 0 || SemanticOverlap is { Low: > 0 } : null;

    /// <summary>
    /// It answers other questions in the manner of its rows, and those rows are about what they ask. Such a version learned how to speak,
    /// and is better though its subject may be one that the base knows nothing of. Mixed-up rows have a manner, too, and teach it.
    /// </summary>
    public bool TakesOnManner => Retention is { Holds: true, Manner.IsCarried: true } && RowsFitQuestions == true;

    public bool Promotes => Verdict == GateVerdict.Better;

    /// <summary>The verdict on a version that has not forgotten.</summary>
    /// <param name="low">Of the interval around the gain; null where there is none.</param>
    /// <param name="ignoresQuestions">What it answers does not depend on what it is asked, and it took on no manner.</param>
    internal static GateVerdict Of(int groups, double? low, double? high, bool ignoresQuestions) =>
        groups == 0 ? GateVerdict.NotGraded
        : groups < FewestGroups || low is null ? GateVerdict.TooFew
        : low > 0 ? (ignoresQuestions ? GateVerdict.NoChange : GateVerdict.Better)
        : high < 0 ? GateVerdict.Worse
        : GateVerdict.NoChange;

    private static ConfidenceInterval? IntervalOf(IReadOnlyList<PairedPrompt> prompts, int seed) =>
        Differences(prompts).ToList() is { Count: >= SignFlipTest.FewestDifferences } differences
            ? SignFlipTest.Interval(differences, seed)
            : null;

    private static IEnumerable<double> Differences(IReadOnlyList<PairedPrompt> prompts) =>
        GroupsOf(prompts).Select(group => group.Average(prompt => prompt.Difference));

    private static IEnumerable<IGrouping<int, PairedPrompt>> GroupsOf(IReadOnlyList<PairedPrompt> prompts) =>
        prompts.Select((prompt, i) => (prompt, Group: prompt.Group ?? -1 - i)).GroupBy(p => p.Group, p => p.prompt);
}
