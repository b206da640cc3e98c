using System.Text.Json.Serialization;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;

namespace Republic.Core.Training.Steps;

/// <summary>Before against after, in the report's terms.</summary>
internal sealed record Improvements(
    double? QualityImprovement,
    double? TraitImprovement,
    double? SpeedImprovement,
    double CompatibilityBonus,
    double? BeforeQuality,
    double? AfterQuality,
    double? BeforeTraitScore,
    double? AfterTraitScore,
    double BeforeSpeed,
    double AfterSpeed,
    string GradedBy,
    double AfterScore,
    GateVerdict Verdict,
    TrainingReport.MeasuredInterval? Interval,
    bool Promotes,
    IReadOnlyList<TrainingReport.ReportedQuestion> Questions
)
{
    /// <summary>Of the prompts that decided; null where nothing was graded.</summary>
    public int? Groups { get; init; }
    public double? Gain { get; init; }
    public TrainingReport.MeasuredInterval? QuestionEffect { get; init; }

    /// <summary>As <see cref="GateComparison.TakesOnManner"/>.</summary>
    public bool TakesOnManner { get; init; }

    /// <summary>As <see cref="GateComparison.RowsFitQuestions"/>.</summary>
    public bool? RowsFitQuestions { get; init; }

    /// <summary>Mean words of an answer.</summary>
    public double BeforeWords { get; init; }
    public double AfterWords { get; init; }
    public TrainingReport.MeasuredNoise? Noise { get; init; }

    /// <summary>Whether the answers were measured at all, by a judge or by their loss.</summary>
    [JsonIgnore]
    public bool IsGraded => GradedBy != CalculateImprovements.ByNothing;
}
