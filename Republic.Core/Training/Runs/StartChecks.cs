using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Grading;

namespace Republic.Core.Training.Runs;

/// <summary>Refuses to start a run, or to go on with it, for its rows, for those who gave them, or for its judge.</summary>
public sealed class StartChecks(RepublicDb db, UsableRows rows, IRowConsent consent, JudgeCheck judges)
{
    /// <returns>In words; null where nothing does.</returns>
    public async Task<string?> ProblemAsync(TrainingJob job, CancellationToken ct) =>
        await TakenBackAsync(job, ct) is { } withdrawn ? withdrawn
        // What a run has read once it keeps, whatever becomes of the datasets.
        : await IsAheadAsync(job, StepName.RefineDatasets, ct) && await rows.ProblemAsync(job.OwnerId, job.DatasetIds, ct) is { } empty
            ? empty
        : await IsAheadAsync(job, StepName.CaptureAfterMetrics, ct) ? await judges.ProblemAsync(job, ct)
        : null;

    /// <inheritdoc cref="IRowConsent.ProblemAsync"/>
    public Task<string?> TakenBackAsync(TrainingJob job, CancellationToken ct) => consent.ProblemAsync(job, ct);

    private Task<bool> IsAheadAsync(TrainingJob job, StepName name, CancellationToken ct) =>
        db.TrainingSteps.AnyAsync(step => step.TrainingJobId == job.Id && step.Index == (int)name && step.CompletedAt == null, ct);
}
