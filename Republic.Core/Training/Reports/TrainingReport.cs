using System.Text.Json.Serialization;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Linking;

namespace Republic.Core.Training.Reports;

/// <summary>What a run came to. Improvements are in per cent, and null where nothing was there to compare with.</summary>
public sealed record TrainingReport
{
    public const string Nats = "nats";
    public const string Points = "points";

    /// <summary><see cref="GradedBy"/> of a run without a judge whose weights were measured.</summary>
    public const string ByHeldOutLoss = "held_out_loss";

    /// <summary>The warning where losses alone decided.</summary>
    public const string NobodyGraded = "Nobody graded the answers. Closer means more like your rows, not that your rows are right.";

    public double? QualityImprovement { get; init; }
    public double? TraitImprovement { get; init; }
    public double? SpeedImprovement { get; init; }
    public double CompatibilityBonus { get; init; }

    /// <summary>Points from 0 to 100, weighted by how complex the questions are.</summary>
    public double? BeforeQuality { get; init; }
    public double? AfterQuality { get; init; }
    public double? BeforeTraitScore { get; init; }
    public double? AfterTraitScore { get; init; }

    /// <summary>Mean seconds to an answer.</summary>
    public double BeforeSpeed { get; init; }
    public double AfterSpeed { get; init; }

    /// <summary>Mean words of an answer to the questions that are asked before and after; null in reports that did not count them.</summary>
    public double? BeforeWords { get; init; }
    public double? AfterWords { get; init; }

    /// <summary>How far these figures move between repeats of one question; null where each was asked once.</summary>
    public MeasuredNoise? Noise { get; init; }

    /// <summary>judge, held_out_loss or none.</summary>
    public required string GradedBy { get; init; }

    /// <summary>The judge was the minion itself.</summary>
    public bool SelfGraded { get; init; }

    /// <summary>Names of minions that were to grade and could not; the log says why.</summary>
    public IReadOnlyList<string> JudgesPassedOver { get; init; } = [];

    /// <summary>
    /// Nats per answer token of the run's held-out rows, the mean over their groups as <see cref="Gain"/> is; null where no weights
    /// were trained.
    /// </summary>
    public double? ValidationLossBefore { get; init; }
    public double? ValidationLossAfter { get; init; }
    public double? PerplexityBefore { get; init; }
    public double? PerplexityAfter { get; init; }

    public required GateVerdict Verdict { get; init; }

    /// <summary>What was kept of what the version before could do; null where no weights were trained.</summary>
    public Retention? Retention { get; init; }

    /// <summary>Groups of near-equal questions or answers among the prompts that decided the verdict; null where nothing was graded.</summary>
    public int? Groups { get; init; }

    /// <summary>What the person should know before they believe the verdict, each a sentence or two.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Mean difference in the interval's unit, up is better; each group counts once.</summary>
    public double? Gain { get; init; }

    /// <summary>Null where fewer than six groups were measured: so few can give no interval at 95 %.</summary>
    public MeasuredInterval? Interval { get; init; }

    /// <summary>
    /// By how much held-out answers are likelier after their own questions than after those of other rows, in nats a token; null where
    /// a judge graded or no weights were trained.
    /// </summary>
    public MeasuredInterval? QuestionEffect { get; init; }

    /// <summary>It answers other questions in the manner of the run's rows (see <see cref="Retention.Manner"/>), and these are about what they ask.</summary>
    public bool TakesOnManner { get; init; }

    /// <summary>
    /// The rows' answers fit their own questions better than those of others, by their words or else by their meaning, so that a manner which is
    /// carried counts; null where that was not measured.
    /// </summary>
    public bool? RowsFitQuestions { get; init; }

    public IReadOnlyList<ReportedQuestion> Questions { get; init; } = [];

    public decimal XpGained { get; init; }

    /// <summary>Rows that the minion had not earned experience with before: each earns once. Null where that was not counted.</summary>
    public int? NewRows { get; init; }

    public ReportedAdapter? Adapter { get; init; }

    /// <summary>Those that the run linked to its version.</summary>
    public IReadOnlyList<RunCollection> Collections { get; init; } = [];

    /// <summary>Of the minion: the one this run made.</summary>
    public int Version { get; init; }

    /// <summary>The run made its version the minion's own. Whether it still is, <see cref="IsLive"/> says.</summary>
    public bool Promoted { get; init; }

    /// <summary>The minion's version at the time of reading; null in a report that is only just made.</summary>
    [JsonIgnore]
    public int? LiveVersion { get; init; }

    [JsonIgnore]
    public bool IsLive => LiveVersion is { } live ? live == Version : Promoted;

    /// <summary>Why it was promoted or not, for people.</summary>
    public required string Conclusion { get; init; }

    public double DurationSeconds { get; init; }

    /// <summary>As <see cref="Gain"/>, or where a report has none the mean over its prompts.</summary>
    [JsonIgnore]
    public double? GainOfPrompts =>
        Gain
        ?? (
            Questions.Count == 0
                ? null
                : (IsByLoss ? -1 : 1) * Questions.Average(prompt => prompt.After.Average() - prompt.Before.Average())
        );

    /// <summary>The difference that decided is one of losses, in nats, and no judge's points.</summary>
    [JsonIgnore]
    public bool IsByLoss => GradedBy == ByHeldOutLoss;

    /// <summary>Of <see cref="Gain"/>, and of the interval where there is one.</summary>
    [JsonIgnore]
    public string Unit => IsByLoss ? Nats : Points;

    /// <summary>
    /// The verdict with the lost answers counted as kept that somebody found as good as before; null where nobody marked any. It lets no version
    /// go live by itself, and earns nothing.
    /// </summary>
    public GateVerdict? JudgedVerdict =>
        Retention is not { } kept || !kept.Lost.Any(lost => lost.Mark is not null) ? null
        : Verdict != GateVerdict.Forgot ? Verdict
        : !kept.HoldsAsJudged ? GateVerdict.Forgot
        : GateComparison.Of(
            Groups ?? 0,
            Interval?.Low,
            Interval?.High,
            LearnedNoContent && !(kept.Manner is { IsCarried: true } && RowsFitQuestions == true)
        );

    /// <summary>It forgot by what was measured, and holds by what somebody found who read the lost answers.</summary>
    [JsonIgnore]
    public bool IsHeldByJudging => Verdict == GateVerdict.Forgot && JudgedVerdict is { } judged and not GateVerdict.Forgot;

    /// <summary>It may go live by what was measured and judged, and did not.</summary>
    [JsonIgnore]
    public bool MayGoLive => IsHeldByJudging && !Promoted && !IsLive && JudgedVerdict == GateVerdict.Better;

    /// <summary>The version came closer to how its rows sound, and what it answers does not depend on what it is asked.</summary>
    [JsonIgnore]
    public bool OnlySoundsAlike => Interval is { Low: > 0 } && LearnedNoContent && !TakesOnManner;

    /// <summary>The effect of the question on the answer is not beyond chance.</summary>
    [JsonIgnore]
    public bool LearnedNoContent => QuestionEffect is { Low: <= 0 };

    /// <summary>That alone kept it from being better.</summary>
    [JsonIgnore]
    public bool IgnoresQuestions => Verdict == GateVerdict.NoChange && OnlySoundsAlike;

    /// <summary>Fewer groups were measured than a verdict needs, whatever else decided it.</summary>
    [JsonIgnore]
    public bool HasTooFew => Verdict == GateVerdict.TooFew || Groups < GateComparison.FewestGroups;

    /// <summary>Brings the report up to the time of reading, when the minion answers with a certain version.</summary>
    /// <param name="live">The minion's version; null where the minion is gone.</param>
    public TrainingReport AsOf(int? live) =>
        this with
        {
            LiveVersion = live,
            Conclusion =
                live is not { } now ? Conclusion
                : now == Version && !Promoted
                    ? $"{Conclusion} {(IsHeldByJudging ? VerdictWords.Judged(this) : "It was made live by hand since.")}"
                : now != Version && Promoted ? $"{Conclusion} Version {now} is live now."
                : Conclusion,
        };

    /// <param name="Unit">points, or nats.</param>
    public sealed record MeasuredInterval(double Low, double High, string Unit);

    /// <param name="Speed">In seconds.</param>
    /// <param name="Traits">In points; null without traits.</param>
    public sealed record MeasuredNoise(double Speed, double Words, double? Traits);

    public sealed record ReportedQuestion(string Text, IReadOnlyList<double> Before, IReadOnlyList<double> After, bool Flipped);

    public sealed record ReportedAdapter(string Id, string Sha256, string BaseSha256)
    {
        public string? BaseModel { get; init; }

        /// <summary>It drafts in the voice of a minion whose own model runs elsewhere.</summary>
        public bool IsStyle { get; init; }

        /// <summary>The version whose weights it goes on from; null where it began from the base.</summary>
        public int? FromVersion { get; init; }

        /// <summary>Null in runs that did not measure it.</summary>
        public BeginTokenCheck? BeginToken { get; init; }
    }

    /// <summary>
    /// Whether the adapter serves clients that begin every chat with the token that begins a text, though the base's file says that none is
    /// to be added.
    /// </summary>
    /// <param name="Loss">Mean of a few held-out rows, in nats per answer token.</param>
    /// <param name="LossBehindToken">The same rows behind that token.</param>
    public sealed record BeginTokenCheck(double Loss, double LossBehindToken)
    {
        /// <summary>In nats per answer token. Answers are garbled from about five times as much on.</summary>
        public const double Tolerance = 0.1;

        public bool Passes => LossBehindToken - Loss <= Tolerance;
    }
}
