using System.Globalization;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>The nine steps in words: what each is called, what it will do, and what came of it.</summary>
internal static class StepWords
{
    /// <summary>People count them from 1; the API's index begins at 0.</summary>
    public static readonly int Count = Enum.GetValues<StepName>().Length;

    public static string Title(StepName step, TrainingMethod method) =>
        step switch
        {
            StepName.CaptureBeforeMetrics => "Measure before",
            StepName.RefineDatasets => "Load and refine data",
            StepName.ConfigureTraits => "Set traits",
            StepName.EnhanceModel => method switch
            {
                TrainingMethod.Lora => "Train the weights",
                TrainingMethod.Style => "Train the style adapter",
                TrainingMethod.Knowledge => "Link the collections",
                _ => "Write the persona",
            },
            StepName.ValidateTraits => "Check the traits",
            StepName.TestPerformance => "Test",
            StepName.CaptureAfterMetrics => "Measure after",
            StepName.CalculateImprovements => "Compare",
            _ => "Report and XP",
        };

    /// <summary>One line below the title.</summary>
    public static string Sentence(TrainingCard run, TrainingCard.Step step) =>
        step.Status == StepStatus.Completed ? Result(run, step)
        : step is { Status: StepStatus.Active, Name: StepName.EnhanceModel } && run.Live?.Gauges is { } now
            ? $"Epoch {now.Epoch} · step {Figures.Count(now.Step)} of {Figures.Count(now.Of)}"
        : Plan(run, step.Name);

    private static string Plan(TrainingCard run, StepName step) =>
        step switch
        {
            StepName.CaptureBeforeMetrics => $"4 questions, {Times(run.Config.Repeats)} each",
            StepName.RefineDatasets => run.DatasetIds.Count == 0 ? "No dataset" : Figures.Count(run.DatasetIds.Count, "dataset"),
            StepName.ConfigureTraits => Traits(run.Config.Traits),
            StepName.EnhanceModel => EnhanceWords.Plan(run),
            StepName.ValidateTraits => "3 questions about its manner",
            StepName.TestPerformance => "4 tests, and 4 things people also send",
            StepName.CaptureAfterMetrics => run.Method.TrainsWeights()
                ? "The same questions, and the rows held out"
                : "The same questions again",
            StepName.CalculateImprovements => "Whether the difference is more than chance",
            _ => run.Config.Promote switch
            {
                Promotion.Always => "Makes the draft the minion's own",
                Promotion.Never => "Keeps the draft as a draft",
                _ => "Makes the draft the minion's own if it is better",
            },
        };

    private static string Result(TrainingCard run, TrainingCard.Step step)
    {
        var output = new StepOutput(step.Output);
        return step.Name switch
        {
            StepName.CaptureBeforeMetrics => Answers(output),
            StepName.RefineDatasets when run.DatasetIds.Count == 0 => "No dataset",
            StepName.RefineDatasets =>
                $"{Figures.Count(output.Whole("training") ?? 0, "row")} to learn from, {Figures.Count(output.Whole("validation") ?? 0)} to measure with{Groups(output)}",
            StepName.EnhanceModel => EnhanceWords.Result(run, output),
            StepName.ValidateTraits => Shown(output.Number("average_trait_score")),
            StepName.TestPerformance => Shown(output.Number("average_performance")),
            StepName.CaptureAfterMetrics => Answers(output.Part("answers")) + HeldOut(output.Part("graded")),
            StepName.CalculateImprovements when run.Report is { } report => VerdictWords.Short(report),
            StepName.CalculateImprovements => "Before and after are compared",
            StepName.Finalize when run.Report is { } report => report.Promoted
                ? $"Version {report.Version} · +{Figures.Xp(report.XpGained)} XP"
                : $"Version {report.Version} is {VerdictWords.Standing(report)} · no XP",
            _ => Plan(run, step.Name),
        };
    }

    private static string Groups(StepOutput refined) =>
        refined.Whole("held_out_groups") is { } groups ? $" in {Figures.Count(groups, "group")}" : "";

    internal static string Traits(TraitConfig traits) =>
        traits.ToSelection().Intensities is { Count: > 0 } chosen
            ? string.Join(", ", chosen.Select(trait => $"{trait.Key.Replace('_', ' ')} {trait.Value}"))
            : "No traits chosen";

    private static string Answers(StepOutput output) =>
        output.Number("average_response_time") is { } seconds
            ? $"{Figures.Count(output.Items("asked").Count, "answer")}, {Figures.Seconds(seconds * 1000)} each"
            : "The questions were asked";

    private static string HeldOut(StepOutput graded) =>
        graded.Items("graded").Select(pair => pair.Text("prompt")).Where(GradedPair.IsOfHeldOut).Distinct().Count() is > 0 and var prompts
            ? $", and {Figures.Count(prompts, "held-out prompt")} to both"
            : "";

    private static string Shown(double? score) =>
        score is { } shown ? $"The traits show by {shown.ToString("0", CultureInfo.InvariantCulture)} of 100" : "No traits to look for";

    private static string Times(int repeats) => repeats == 1 ? "once" : $"{repeats} times";
}
