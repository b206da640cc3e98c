using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Training.Configuration;

/// <summary>Whom a person may name as judge, of a run and of a schedule alike.</summary>
public sealed class JudgeRights(RepublicDb db, TrainingConfigReader reader)
{
    /// <summary>Provider and model, as <see cref="TrainingConfig.JudgeModel"/> names them.</summary>
    public static string ModelOf(Minion minion) => $"{minion.Provider}/{minion.ModelId}";

    /// <returns>The configuration with what its judge runs on; or why that one may not grade.</returns>
    public async Task<Outcome<TrainingConfig>> FillAsync(Guid owner, TrainingConfig config, CancellationToken ct)
    {
        if (config.JudgeMinionId is not { } judge)
        {
            return config with { JudgeModel = null };
        }

        if (await db.Minions.Live().OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(m => m.Id == judge, ct) is not { } minion)
        {
            return Failure.NotFound("judge");
        }

        var (name, model) = (minion.Citizen.DisplayName, ModelOf(minion));
        return !reader.CanJudge(minion) ? Refused($"{name} is on the built-in model, which is too small to judge. Choose another, or none.")
            : config.JudgeModel is { } chosen && chosen != model
                ? Refused($"{name} was chosen as judge on {chosen}, and is on {model} now. Choose it again, another, or none.")
            : config with { JudgeModel = model };
    }

    private static Failure Refused(string why) => Failure.Invalid("config.judge_minion_id", why);
}
