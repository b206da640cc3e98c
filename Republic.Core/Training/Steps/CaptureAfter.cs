namespace Republic.Core.Training.Steps;

/// <summary>Step 6: the same questions to the draft, and both versions held against each other.</summary>
internal sealed class CaptureAfter(BaselineInterview baseline, HeldOutLosses losses) : ITrainingStep
{
    public StepName Name => StepName.CaptureAfterMetrics;

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var enhanced = run.Read<EnhancedModel>(StepName.EnhanceModel);
        var draft = run.Before.Speaker(enhanced.Instructions, enhanced.Adapter);
        var answers = await baseline.AskAsync(run, "after", draft, ct);
        if (!answers.Ok)
        {
            return answers.Failure;
        }

        if (enhanced.Weights is null)
        {
            return new AfterMetrics(answers.Value, null, null, null);
        }

        var heldOut = await losses.OfRowsAsync(run, draft, ct);
        var general = heldOut.Ok ? await losses.OfGeneralRowsAsync(run, draft, ct) : heldOut.Failure;
        return general.Ok ? new AfterMetrics(answers.Value, null, heldOut.Value, general.Value) : general.Failure;
    }
}
