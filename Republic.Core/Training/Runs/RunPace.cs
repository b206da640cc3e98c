using Republic.Core.Training.Configuration;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Runs;

/// <summary>How far a run is, and how much longer it takes.</summary>
internal static class RunPace
{
    /// <summary>Shares of the time that the steps usually take, measured on small sets; only the bar rests on them.</summary>
    private static readonly double[] Lora = [0.05, 0.03, 0.01, 0.66, 0.03, 0.07, 0.13, 0.01, 0.01];
    private static readonly double[] Persona = [0.25, 0.04, 0.01, 0.01, 0.06, 0.17, 0.44, 0.01, 0.01];

    public static double Progress(StepRun run)
    {
        var shares = run.Job.Method.TrainsWeights() ? Lora : Persona;
        return shares[..(int)run.Step].Sum() + (shares[(int)run.Step] * run.Share);
    }

    /// <summary>By usual durations at first, and ever more by what was measured in this run.</summary>
    public static TimeSpan Remaining(StepRun run)
    {
        var refined = run.Journal.IsDone(StepName.RefineDatasets) ? run.Read<RefinedData>(StepName.RefineDatasets) : null;
        var answers = run.Journal.IsDone(StepName.CaptureBeforeMetrics) ? run.Read<Answers>(StepName.CaptureBeforeMetrics) : null;
        var done = run.Journal.Steps.Where(step => step.Status == StepStatus.Completed && step.Index < (int)run.Step);
        var forecast = new RunForecast(run.Step, run.Share)
        {
            StepLeft = run.Remaining,
            TrainsWeights = run.Job.Method.TrainsWeights(),
            Rows = refined?.Rows ?? 0,
            Prompts = Math.Min(refined?.Validation ?? 0, HeldOutLosses.MostRows),
            Repeats = run.Config.Repeats,
            IsJudged = run.Config.JudgeMinionId is not null,
            PerAnswer = answers?.AverageResponseTime,
            Done = done.ToDictionary(step => (StepName)step.Index, step => step.Seconds),
        };
        return forecast.Remaining;
    }
}
