using System.Globalization;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Web.Pages.Training;

/// <summary>One line of a run's log.</summary>
/// <param name="Step">It belongs to; null where it says none.</param>
/// <param name="Level">error, or null.</param>
public sealed record LogLine(DateTimeOffset At, StepName? Step, string Text, string? Level = null)
{
    /// <summary>One of many of its kind, between which words would not be found.</summary>
    public bool IsFigure { get; init; }

    public static LogLine Of(TrainingLog.Line line, TrainingMethod method)
    {
        var data = new StepOutput(line.Data);
        return line.Kind switch
        {
            "loss" => new(line.At, StepName.EnhanceModel, Loss(data)) { IsFigure = true },
            "step" when data.Whole("index") is { } index => OfStep(line.At, (StepName)index, data, method),
            _ => new(line.At, Named(data.Text("step")), data.Text("text") ?? ""),
        };
    }

    private static LogLine OfStep(DateTimeOffset at, StepName step, StepOutput data, TrainingMethod method)
    {
        var attempt = data.Whole("attempts") is > 1 and var times ? $", attempt {times}" : "";
        var (what, level) = data.Text("status") switch
        {
            "active" => ("begins" + attempt, null),
            "failed" => ("failed" + attempt, "error"),
            "skipped" => ("is left out", null),
            _ => ("is done", (string?)null),
        };
        return new(at, step, $"{(int)step + 1} {StepWords.Title(step, method)} {what}", level);
    }

    private static string Loss(StepOutput data)
    {
        var culture = CultureInfo.InvariantCulture;
        var rate = data.Number("learning_rate") is { } speed ? $" lr {speed.ToString("0.0e+0", culture)}" : "";
        return string.Create(
            culture,
            $"step {data.Whole("step")} {(data.Text("kind") == "validation" ? "validation loss" : "loss")} {data.Number("loss"):0.0000}{rate}"
        );
    }

    private static StepName? Named(string? name) =>
        Enum.TryParse<StepName>(name?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var step) ? step : null;
}
