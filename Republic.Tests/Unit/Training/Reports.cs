using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;

namespace Republic.Tests.Unit.Training;

/// <summary>Reports of runs that trained weights and were measured by loss, as the drawings have them.</summary>
internal static class Reports
{
    public static readonly AfterMetrics Measured = new(Answers.Of([new("Who?", 0, 1, "I", 0.4, null)]), null, []);

    public static TrainingReport Better =>
        Loss(GateVerdict.Better, 24, 17, 0.41, 0.28, 0.54, new Retention(57, 60, 4)) with
        {
            Promoted = true,
        };

    public static TrainingReport Forgot => Loss(GateVerdict.Forgot, 24, 17, 0.72, 0.55, 0.9, new Retention(31, 60, 4) { Degenerate = 6 });

    public static TrainingReport TooFew => Loss(GateVerdict.TooFew, 5, 4, 0.11, -0.14, 0.36, new Retention(59, 60, 4));

    public static TrainingReport Ignoring =>
        Loss(GateVerdict.NoChange, 24, 17, 5.5, 5, 6, new Retention(60, 60, 0)) with
        {
            QuestionEffect = new(-0.1, 0.2, TrainingReport.Nats),
        };

    public static TrainingReport Loss(
        GateVerdict verdict,
        int rows,
        int groups,
        double gain,
        double low,
        double high,
        Retention? retention = null
    ) =>
        new()
        {
            GradedBy = "held_out_loss",
            Verdict = verdict,
            Version = 5,
            Groups = groups,
            Gain = gain,
            Interval = new(low, high, TrainingReport.Nats),
            Questions =
            [
                .. Enumerable.Range(0, rows).Select(i => new TrainingReport.ReportedQuestion($"q{i}", [1.94], [1.94 - gain], false)),
            ],
            Retention = retention,
            Conclusion = "",
        };

    public static TrainingReport Judged(GateVerdict verdict, double gain, double low, double high, int prompts = 16) =>
        new()
        {
            GradedBy = "judge",
            Verdict = verdict,
            Version = 5,
            Groups = prompts,
            Gain = gain,
            Interval = new(low, high, "points"),
            Questions =
            [
                .. Enumerable.Range(0, prompts).Select(i => new TrainingReport.ReportedQuestion($"q{i}", [50], [50 + gain], false)),
            ],
            Conclusion = "",
        };

    public static RefinedData Rows(int rows, int heldOut, int groups = 0, int answers = 0) =>
        new([], "data", new(), rows - heldOut, heldOut) { HeldOutGroups = groups, DifferentAnswers = answers };
}
