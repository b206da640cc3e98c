using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>Step 1: what the minion says as it is.</summary>
internal sealed class CaptureBefore(BaselineInterview baseline, TimeProvider time) : ITrainingStep
{
    public StepName Name => StepName.CaptureBeforeMetrics;

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var pace = new CallPace(run, BaselineInterview.Calls(run), time);
        var answers = await baseline.AskAsync(run, "before", run.Before.Speaker(), pace, ct);
        return answers.Ok ? answers.Value : answers.Failure;
    }
}
