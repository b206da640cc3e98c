using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Runs;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>Why a run does not go on, and what to try next.</summary>
/// <param name="Tone">bad, warn, or null.</param>
/// <param name="Button">Starts it; null where it cannot be started.</param>
public sealed record RunAdvice(string Fact, string Next, string? Tone, string? Button)
{
    /// <summary>The minion that could not grade, where the run failed for that.</summary>
    public (Guid Id, string Name)? Judge { get; init; }

    /// <summary>Null for one that works or is done.</summary>
    /// <param name="obstacle">Why it cannot go on; null where it can.</param>
    public static RunAdvice? Of(TrainingCard run, bool isMinionGone = false, string? obstacle = null)
    {
        if (obstacle is not null)
        {
            return new RunAdvice(run.ErrorMessage ?? "", obstacle, "warn", Button: null);
        }

        var begun = run.Steps.Any(step => step.Status == StepStatus.Completed);
        var (kept, button) = begun
            ? ($"What is done is kept; it continues at step {run.CurrentStep + 1}.", "Continue")
            : ("It begins with step 1.", "Start again");
        return run.Status switch
        {
            TrainingStatus.Pending => new("This run has not been started.", "Start it when you are ready.", null, "Start"),
            // What it learned from was taken back, and teaches again.
            TrainingStatus.Stopped when run.ErrorMessage is { } why => new(why, kept, "warn", button),
            TrainingStatus.Stopped => new("This run was stopped.", kept, null, button),
            TrainingStatus.Paused => new(
                run.ErrorMessage ?? "A limit was reached. Raise it or wait, and the run can go on.",
                kept,
                run.IsPlanned ? null : "warn",
                button
            ),
            TrainingStatus.Failed => new(run.ErrorMessage ?? "The run failed.", $"{(isMinionGone ? "" : Remedy(run))}{kept}", "bad", button)
            {
                Judge = JudgeOf(run),
            },
            _ => null,
        };
    }

    private static (Guid Id, string Name)? JudgeOf(TrainingCard run) =>
        run.Config.ChosenJudge is { } id && JudgeCheck.FailedJudge(run.ErrorMessage) is { } name ? (id, name) : null;

    private static string Remedy(TrainingCard run) =>
        (StepName)run.CurrentStep switch
        {
            _ when JudgeOf(run) is { } judge => $"Test {judge.Name} on its page: its model has to answer. No answer is asked for twice. ",
            // The message itself says what is wrong with the data.
            StepName.RefineDatasets => "",
            StepName.ConfigureTraits => "Make a new run with other traits. ",
            StepName.EnhanceModel when run.Method.TrainsWeights() =>
                "The log says how far the training came; it goes on from its last checkpoint. ",
            StepName.CaptureBeforeMetrics or StepName.ValidateTraits or StepName.TestPerformance or StepName.CaptureAfterMetrics =>
                $"Test {run.MinionName} on its page: its model has to answer. No answer is asked for twice. ",
            _ => "",
        };
}
