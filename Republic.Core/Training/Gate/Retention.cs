using System.Text.Json.Serialization;

namespace Republic.Core.Training.Gate;

/// <summary>
/// How much a new version kept of what the version before could do: the answers that one gave before training, held against the new
/// version's probabilities for them and against its own free answers.
/// </summary>
/// <param name="Kept">Answers that the new version can still give; one that comes up half as often as before counts a half.</param>
/// <param name="Of">Answers that were measured.</param>
/// <param name="Noise">Answers that the version before loses when it is asked again: the most of the times that it was.</param>
public sealed record Retention(int Kept, int Of, int Noise)
{
    /// <summary>
    /// The share of answers that may be lost. Answers drawn as in a chat are a harder test than an exam: of 35 versions near this limit, those
    /// that kept 95 % or more of one lost 4 to 9 % of them (and one 11 %), all others 11 % and more.
    /// </summary>
    public const double ToleratedShare = 0.10;

    /// <summary>
    /// Answers that are needed beyond that where meaning was compared too. The share was measured by words alone, and so many a version that
    /// forgot gains by meaning and by intent (<c>bench/verdict</c>).
    /// </summary>
    public const int GainByMeaning = 2;

    /// <summary>The same in reports from before it was written down.</summary>
    private const int FormerGain = 1;

    /// <summary>A single stray answer of a small model, where fifty were read, does not make a version useless.</summary>
    public const double DegenerateShare = 0.02;

    /// <summary>Lost answers that a report tells by name, and reworded ones.</summary>
    public const int MostLost = 100;

    /// <summary>Sums of thirds are not exact.</summary>
    internal const double Rounding = 1e-9;

    /// <summary>Answers that come up less than half as often as before, or come apart: these first, then those that come up least.</summary>
    public IReadOnlyList<LostAnswer> Lost { get; init; } = [];

    /// <summary><see cref="Kept"/> before it was rounded down; null in reports from before answers could be marked.</summary>
    public double? KeptExactly { get; init; }

    /// <summary>Questions that were left out, since a row answers one that means the same.</summary>
    public IReadOnlyList<SetAsideQuestion> SetAside { get; init; } = [];

    /// <summary>Questions that could have been asked; null where all were. Fewer are asked where those decide.</summary>
    public int? OutOf { get; init; }

    /// <summary>Answers that are kept by their words alone; null where nothing but words was compared.</summary>
    public int? KeptByWords { get; init; }

    /// <summary>Answers that are not lost and that at least one try gives in other words.</summary>
    public int InOtherWords { get; init; }

    /// <summary>At most <see cref="MostLost"/> of these, first those that their words alone would call lost.</summary>
    public IReadOnlyList<RewordedAnswer> Reworded { get; init; } = [];

    /// <summary>How many answers of each kind were measured.</summary>
    public IReadOnlyDictionary<string, int> Kinds { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// Questions whose likeliest answer, or a drawn one where the answer is lost, loops, never ends, is empty, or is text that the version
    /// before would not write.
    /// </summary>
    public int Degenerate { get; init; }

    /// <summary>By how many nats a token the references became less likely; negative where they became likelier.</summary>
    public double LossRise { get; init; }

    /// <summary>Mean Kullback–Leibler divergence of the new version from the former one over the references' tokens, in nats.</summary>
    public double Divergence { get; init; }

    /// <summary>The manner of the rows, and the answers that have it; null where the rows have none.</summary>
    public Manner? Manner { get; init; }

    /// <summary>Answers that were needed beyond <see cref="ToleratedShare"/>; null in reports of before this was written down.</summary>
    public int? NeededBeyondShare { get; init; }

    /// <summary>The fewest kept answers that do not count as forgetting.</summary>
    [JsonIgnore]
    public int Needed => Math.Min(Of, Of - (int)(ToleratedShare * Of) + (NeededBeyondShare ?? (KeptByWords is null ? 0 : FormerGain)));

    /// <summary>True when no single answer was lost, not even in part.</summary>
    [JsonIgnore]
    public bool LostNothing => Lost.Count == 0 && Kept == Of;

    /// <summary>True when more answers are degenerate than is tolerated.</summary>
    [JsonIgnore]
    public bool FallsApart => Degenerate > (int)(DegenerateShare * Of);

    [JsonIgnore]
    public bool Holds => Kept >= Needed && !FallsApart;

    /// <summary>Lost answers that somebody found as good as before.</summary>
    [JsonIgnore]
    public int AsGood => Lost.Count(lost => lost.IsAsGood());

    /// <summary><see cref="Kept"/> with those.</summary>
    [JsonIgnore]
    public int KeptAsJudged =>
        Math.Min(Of, (int)Math.Floor((KeptExactly ?? Kept) + Lost.Where(lost => lost.IsAsGood()).Sum(lost => lost.Missing) + Rounding));

    [JsonIgnore]
    public bool HoldsAsJudged => KeptAsJudged >= Needed && !FallsApart;
}
