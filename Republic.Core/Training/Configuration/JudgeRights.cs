using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Training.Configuration;

/// <summary>Whom a person may name as judge, of a run and of a schedule alike.</summary>
public sealed class JudgeRights(RepublicDb db, TrainingConfigReader reader)
{
    /// <summary>Null where nobody is named, or it may be.</summary>
    public async Task<Failure?> ProblemAsync(Guid owner, TrainingConfig config, CancellationToken ct) =>
        config.JudgeMinionId is not { } judge ? null
        : await db.Minions.Live().OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(m => m.Id == judge, ct) is not { } minion
            ? Failure.NotFound("judge")
        : reader.CanJudge(minion) ? null
        : Failure.Invalid(
            "config.judge_minion_id",
            $"{minion.Citizen.DisplayName} is on the built-in model, which is too small to judge. Choose another, or leave it out."
        );
}
