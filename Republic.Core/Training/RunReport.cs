using Republic.Core.Minions;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training;

/// <summary>Puts a run's report together from what its steps handed on.</summary>
internal static class RunReport
{
    public static TrainingReport Of(StepRun run, Improvements improvements, MinionVersion version, decimal earned, DateTimeOffset now)
    {
        var after = run.Read<AfterMetrics>(StepName.CaptureAfterMetrics);
        var enhanced = run.Read<EnhancedModel>(StepName.EnhanceModel);
        var promoted = version.PromotedAt is not null;
        var (lossBefore, lossAfter) = (after.HeldOut?.Select(row => row.Before).Mean(), after.HeldOut?.Select(row => row.After).Mean());
        return new TrainingReport
        {
            QualityImprovement = improvements.QualityImprovement,
            TraitImprovement = improvements.TraitImprovement,
            SpeedImprovement = improvements.SpeedImprovement,
            CompatibilityBonus = improvements.CompatibilityBonus,
            BeforeQuality = improvements.BeforeQuality,
            AfterQuality = improvements.AfterQuality,
            BeforeTraitScore = improvements.BeforeTraitScore,
            AfterTraitScore = improvements.AfterTraitScore,
            BeforeSpeed = improvements.BeforeSpeed,
            AfterSpeed = improvements.AfterSpeed,
            GradedBy = improvements.GradedBy,
            SelfGraded = after.Graded is { SelfGraded: true, Pairs.Count: > 0 },
            JudgesPassedOver = after.JudgesPassedOver,
            ValidationLossBefore = lossBefore,
            ValidationLossAfter = lossAfter,
            PerplexityBefore = lossBefore is { } b ? Math.Exp(b) : null,
            PerplexityAfter = lossAfter is { } a ? Math.Exp(a) : null,
            GeneralLossBefore = after.General?.Before,
            GeneralLossAfter = after.General?.After,
            Forgets = after.General?.Forgets ?? false,
            Verdict = improvements.Verdict,
            Interval = improvements.Interval,
            Questions = improvements.Questions,
            XpGained = earned,
            Adapter = AdapterOf(run, enhanced),
            Collections = enhanced.Collections,
            Version = version.Number,
            Promoted = promoted,
            Conclusion = Conclusion(run.Config.Promote, improvements, after),
            DurationSeconds = (now - run.Job.StartedAt!.Value).TotalSeconds,
        };
    }

    private static TrainingReport.ReportedAdapter? AdapterOf(StepRun run, EnhancedModel draft) =>
        draft.Weights is { } weights
            ? new(AdapterTrainer.NameOf(run.Job), weights.Sha256, weights.BaseSha256)
            {
                BaseModel = weights.BaseModel,
                IsStyle = run.Job.Method == TrainingMethod.Style,
            }
            : null;

    private static double? Mean(this IEnumerable<double> losses) => losses.Select(loss => (double?)loss).Average();

    private static string Conclusion(Promotion promote, Improvements improvements, AfterMetrics after) =>
        promote switch
        {
            Promotion.Always => "It took the minion's place because that was asked for, whatever was measured.",
            Promotion.Never => "It waits as a draft because that was asked for.",
            _ when after.General is { Forgets: true } general => FormattableString.Invariant(
                $"It waits as a draft: on general rows its loss rose by {100 * general.Rise:0} %, and over {100 * ForgettingGuard.MostRise:0} % counts as forgetting."
            ),
            _ => improvements.Verdict switch
            {
                GateVerdict.Better => "It took the minion's place: it is better, by more than chance would explain.",
                GateVerdict.Worse => "It waits as a draft: it is worse than the minion as it was.",
                GateVerdict.NoChange => "It waits as a draft: the difference may be chance.",
                GateVerdict.TooFew =>
                    $"It waits as a draft: {improvements.Questions.Count} prompts are too few to tell, and {GateComparison.FewestGroups} are needed. More rows hold out more prompts.",
                _ when after is { Graded: null, JudgesPassedOver: { Count: > 0 } judges } =>
                    $"It waits as a draft: nothing could grade it, because {string.Join(" and ", judges)} could not be reached. The log says why. Mend that, or name another judge, and make a new run.",
                _ when after.Graded is not null =>
                    "It waits as a draft: the judge's grades could not be read. Choose another judge for the next run.",
                _ =>
                    "It waits as a draft: nothing could grade it, and no weights were trained whose loss could be measured. Name a judge for the next run, have it promoted always, or choose this version by hand.",
            },
        };
}
