using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Reports;

/// <summary>Puts a run's report together from what its steps handed on.</summary>
internal static class RunReport
{
    public static TrainingReport Of(StepRun run, Improvements improvements, MinionVersion version, decimal earned, DateTimeOffset now)
    {
        var after = run.Read<AfterMetrics>(StepName.CaptureAfterMetrics);
        var enhanced = run.Read<EnhancedModel>(StepName.EnhanceModel);
        var (lossBefore, lossAfter) = (after.HeldOut?.MeanLoss(row => row.Before), after.HeldOut?.MeanLoss(row => row.After));
        var report = new TrainingReport
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
            BeforeWords = improvements.BeforeWords,
            AfterWords = improvements.AfterWords,
            Noise = improvements.Noise,
            Verdict = improvements.Verdict,
            Retention = after.Retention,
            Groups = improvements.Groups,
            Gain = improvements.Gain,
            QuestionEffect = improvements.QuestionEffect,
            TakesOnManner = improvements.TakesOnManner,
            RowsFitQuestions = improvements.RowsFitQuestions,
            Interval = improvements.Interval,
            Questions = improvements.Questions,
            XpGained = earned,
            Adapter = AdapterOf(run, enhanced, after),
            Collections = enhanced.Collections,
            Version = version.Number,
            Promoted = version.PromotedAt is not null,
            Conclusion = "",
            DurationSeconds = (now - run.Job.StartedAt!.Value).TotalSeconds,
        };
        var data = run.Read<RefinedData>(StepName.RefineDatasets);
        return report with
        {
            Warnings = ReportWarnings.Of(report, data, enhanced),
            Conclusion = new RunConclusion(report, run.Config.Promote, run.Before.Version, data, after).Text,
        };
    }

    private static TrainingReport.ReportedAdapter? AdapterOf(StepRun run, EnhancedModel draft, AfterMetrics after) =>
        draft.Weights is { } weights
            ? new(AdapterTrainer.NameOf(run.Job.Id), weights.Sha256, weights.BaseSha256)
            {
                BaseModel = weights.BaseModel,
                IsStyle = run.Job.Method == TrainingMethod.Style,
                FromVersion = weights.FromVersion,
                BeginToken = BeginTokenOf(after.HeldOut ?? []),
            }
            : null;

    private static TrainingReport.BeginTokenCheck? BeginTokenOf(IReadOnlyList<AfterMetrics.RowLoss> rows)
    {
        var measured = rows.Where(row => row.BehindBeginToken is not null).ToList();
        return measured.Count == 0 ? null : new(measured.Average(row => row.After), measured.Average(row => row.BehindBeginToken!.Value));
    }
}
