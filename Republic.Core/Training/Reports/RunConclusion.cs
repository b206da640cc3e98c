using System.Globalization;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Reports;

/// <summary>Why a run's version went live or waits, in two or three sentences below the verdict's heading.</summary>
/// <param name="Former">The version that the run began with.</param>
internal sealed record RunConclusion(TrainingReport Report, Promotion Promote, int Former, RefinedData Data, AfterMetrics After)
{
    public string Text =>
        Report.Verdict == GateVerdict.Better
            ? $"{(Report.Promoted ? $"Better by more than chance, and made live as version {Report.Version}." : $"Better by more than chance. {Waits}")} {Basis}{Keeping}{Manner}"
        : Report.Promoted ? $"Version {Report.Version} was made live because that was asked for, whatever was measured. {Finding}{Advice}"
        : Promote == Promotion.Never ? $"{Finding} {Waits}{Advice}"
        : Report.Verdict == GateVerdict.Forgot ? $"{Finding} The run left version {Former} in place.{Advice}"
        : $"{Finding} So the run left version {Former} in place.{Advice}";

    private string Waits => $"The run kept version {Report.Version} as a draft because that was asked for.";

    private string Finding =>
        Report.Verdict switch
        {
            GateVerdict.Better => $"{Basis}{Keeping}{Manner}",
            GateVerdict.Worse => Worse,
            GateVerdict.Forgot => Forgot,
            GateVerdict.NotGraded => Ungraded,
            _ when Report.IgnoresQuestions => Ignoring,
            _ => Chance,
        };

    private string Measured => VerdictWords.Measured(Report, Report.Questions.Count);

    private string Basis =>
        Report.IsByLoss
            ? $"On {Measured} it never saw it now writes more like they do"
            : $"On {Measured} its answers are graded higher than before";

    private string Worse =>
        Report.IsByLoss
            ? $"Worse by more than chance: on {Measured} it never saw it now writes less like they do."
            : $"Worse by more than chance: on {Measured} its answers are graded lower than before.";

    private string Keeping =>
        Report.Retention is not { } kept ? "."
        : kept.LostNothing ? "; it lost nothing of what it could do before."
        : kept.Of - kept.Kept <= kept.Noise ? "; of what it could do before it lost no more than repeating the measurement does."
        : $"; of what it could do before it lost {kept.Of - kept.Kept} of {kept.Of} answers, which is within the limit.";

    /// <summary>Words the share of other answers in the manner of the rows, and whether nothing else was learned.</summary>
    private string Manner =>
        Report is { TakesOnManner: true, Retention.Manner: { } manner }
            ? $" {manner.After} of {manner.Of} answers to other questions have the manner of your rows (“{manner.Text}”){(manner.Before > 0 ? $", {manner.Before} had it before" : "")}."
                + (Report.LearnedNoContent ? " That it also learned what your rows say could not be told from chance." : "")
            : "";

    private string Ignoring =>
        $"{Gained}, but only in how they sound: on {Measured} it never saw, answers were not measurably likelier after their own questions than after those of other rows.{Uncarried}";

    /// <summary>Words the fate of the rows' manner where it did not decide.</summary>
    private string Uncarried =>
        Report.Retention?.Manner is { } manner
            ? $" Your rows have a manner (“{manner.Text}”); {manner.After} of {manner.Of} answers to other questions have it{(manner.IsCarried && Report.RowsFitQuestions == false ? Unfit : "")}."
            : "";

    private string Unfit =>
        $", but by their words{(After.SemanticOverlap is null ? "" : " and by their meaning")} your answers fit their own questions no better than those of other rows";

    private string Forgot
    {
        get
        {
            var kept = Report.Retention!;
            var lost =
                kept.Kept < kept.Needed
                    ? $"lost {kept.Of - kept.Kept} answers it could give before. Asked again, the version before itself lost {(kept.Noise == 0 ? "none" : $"at most {kept.Noise}")}."
                    : $"{kept.Degenerate} of its {kept.Of} free answers {VerdictWords.Degenerate(kept.Degenerate)}.";
            var gained = Gained;
            var finding = gained is null ? Upper(kept.Kept < kept.Needed ? $"it {lost}" : lost) : $"{gained}, but {lost}";
            return Report.OnlySoundsAlike
                ? $"{finding} Besides, held-out answers were not measurably likelier after their own questions than after those of other rows: check that each answer is in the same row as its own question."
                : finding;
        }
    }

    private string? Gained =>
        Report.GainOfPrompts is > 0 and var gain
            ? Report.IsByLoss
                ? $"It came closer to your rows by {VerdictWords.Amount(gain, Report.Unit)}"
                : $"Its answers are graded higher by {VerdictWords.Amount(gain, Report.Unit)}"
            : null;

    private string Chance
    {
        get
        {
            if (Report.GainOfPrompts is not { } gain || Report.Interval is { Low: 0, High: 0 })
            {
                return $"On {Measured} nothing changed.";
            }

            var (one, other) = Report.IsByLoss ? ("closer", "further away") : ("better", "worse");
            (one, other) = gain < 0 ? (other, one) : (one, other);
            var by = VerdictWords.Amount(gain, Report.Unit);
            return Report.Interval is { Low: <= 0, High: >= 0 } interval
                ? $"Measured: {one} by {by}, but the true difference may be anywhere from {Signed(interval.Low)} to {Signed(interval.High)}, and so it may be {other}."
                : $"It seems {one} by {by}, but a verdict needs {GateComparison.FewestGroups} groups of {(Report.IsByLoss ? "rows" : "prompts")} that differ.";
        }
    }

    private string Advice =>
        Report.Verdict == GateVerdict.TooFew ? " " + MoreRows.Advice(Report, Data)
        : Report is { Verdict: GateVerdict.Forgot, Retention.Lost.Count: > 0 }
            ? " Train again and keep these answers, or mark those that are as good: they count as kept."
        : Report.IgnoresQuestions
            ? " Check that each answer is in the same row as its own question; if it is, and this is what you want, make the version live by hand."
        : "";

    private string Ungraded =>
        After switch
        {
            { Graded: null, JudgesPassedOver: { Count: > 0 } judges } =>
                $"Nothing graded it, because {VerdictWords.Names(judges)} could not grade. The log says why. Fix that, or name another judge, and make a new run.",
            { Graded: not null } => "The judge's grades could not be read. Choose another judge for the next run.",
            _ when Report.Retention is not null =>
                "Weights were trained, but no rows were held out to measure them with. Set a share of held-out rows above 0 and make a new run.",
            _ =>
                "Nothing could grade it, and no weights were trained whose loss could be measured. Name a judge for the next run, have it promoted always, or choose this version by hand.",
        };

    private string Signed(double value)
    {
        var text = Math.Abs(value).ToString(Report.IsByLoss ? "0.00" : "0.0", CultureInfo.InvariantCulture);
        return value < 0 ? $"−{text}" : $"+{text}";
    }

    private static string Upper(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
