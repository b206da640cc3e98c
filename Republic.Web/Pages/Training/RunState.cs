using Republic.Core.Training.Runs;

namespace Republic.Web.Pages.Training;

/// <summary>What a run's status looks like: colour, sign and word, each enough by itself.</summary>
/// <param name="Tone">Of the pill; null is neutral.</param>
/// <param name="Icon">Null where a turning ring says that work is under way.</param>
public sealed record RunState(string Label, string? Tone, string? Icon)
{
    public static RunState Of(TrainingCard run) => run.HeldUntil is null ? Of(run.Status) : new("Held", "warn", "hourglass_empty");

    public static RunState Of(TrainingStatus status) =>
        status switch
        {
            TrainingStatus.Pending => new("Not started", "outline", "edit"),
            TrainingStatus.Queued => new("Waiting", null, "hourglass_empty"),
            TrainingStatus.Running => new("Running", "good", null),
            TrainingStatus.Completed => new("Done", null, "check"),
            TrainingStatus.Failed => new("Failed", "bad", "error"),
            TrainingStatus.Stopped => new("Stopped", "warn", "stop_circle"),
            _ => new("Paused", "warn", "pause"),
        };
}
