using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Configuration;

/// <summary>What a new run is held against once its configuration is right in itself.</summary>
public sealed class RunChecks(JudgeRights judges, UsableRows rows, TrainingQuota quota)
{
    /// <returns>Null where nothing stands against it.</returns>
    public async Task<Failure?> ProblemAsync(Guid owner, TrainingConfig config, IReadOnlyList<Guid> datasets, CancellationToken ct) =>
        await judges.ProblemAsync(owner, config, ct) is { } judge ? judge
        : await rows.ProblemAsync(owner, datasets, ct) is { } empty ? Failure.Invalid("dataset_ids", empty)
        : await quota.DiskProblemAsync(owner, ct);
}
