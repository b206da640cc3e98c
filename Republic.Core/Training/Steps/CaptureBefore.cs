using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>Step 1: what the minion says as it is.</summary>
internal sealed class CaptureBefore(BaselineInterview baseline) : ITrainingStep
{
    public StepName Name => StepName.CaptureBeforeMetrics;

    public IReadOnlyDictionary<WorkKind, int> Work(StepRun run) =>
        new Dictionary<WorkKind, int> { [WorkKind.Answers] = BaselineInterview.Calls(run) };

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var answers = await baseline.AskAsync(run, "before", run.Before.Speaker(), ct);
        return answers.Ok ? answers.Value : answers.Failure;
    }
}
