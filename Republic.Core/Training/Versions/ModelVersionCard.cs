using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Versions;

/// <summary>A version of a minion that was made on a personal model.</summary>
/// <param name="Version">0 is the model without weights.</param>
/// <param name="AdapterId">The name of its weights' file; null where it has none.</param>
/// <param name="RunId">The training run that made it; null for 0, and where the run was deleted.</param>
/// <param name="DatasetVersion">The version of the dataset that it learned from; null where there were none or several.</param>
/// <param name="Verdict">The verdict of the run's gate.</param>
/// <param name="DeployedAt">The time at which it last became the minion's own; null for a draft that never did.</param>
/// <param name="IsLive">True where the minion answers with it.</param>
public sealed record ModelVersionCard(
    int Version,
    Guid MinionId,
    string MinionName,
    string? AdapterId,
    Guid? RunId,
    string? RunName,
    int? DatasetVersion,
    GateVerdict? Verdict,
    DateTimeOffset? DeployedAt,
    bool IsLive
)
{
    /// <summary>The verdict where somebody judged answers that the gate called lost, and that changed it; else null.</summary>
    public GateVerdict? JudgedVerdict { get; init; }
}
