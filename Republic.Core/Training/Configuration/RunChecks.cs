using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Configuration;

/// <summary>What a new run is held against once its configuration is right in itself.</summary>
public sealed class RunChecks(JudgeRights judges, UsableRows rows, TrainingQuota quota)
{
    /// <returns>The configuration with what its judge runs on; or what stands against the run.</returns>
    public async Task<Outcome<TrainingConfig>> CheckAsync(
        Guid owner,
        TrainingConfig config,
        IReadOnlyList<Guid> datasets,
        CancellationToken ct
    )
    {
        var judged = await judges.FillAsync(owner, config, ct);
        return !judged.Ok ? judged.Failure
            : await rows.ProblemAsync(owner, datasets, ct) is { } empty ? Failure.Invalid("dataset_ids", empty)
            : await quota.DiskProblemAsync(owner, ct) is { } full ? full
            : judged;
    }
}
