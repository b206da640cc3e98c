using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Grading;

/// <summary>Who grades the answers of a run.</summary>
internal sealed class JudgeChoice(IDbContextFactory<RepublicDb> databases, TrainingConfigReader reader)
{
    /// <summary>
    /// The minion that was chosen; else the most capable of the person's others; else the minion itself. It is written into the run, so
    /// that a run that goes on keeps its judge.
    /// </summary>
    /// <param name="passedOver">Those that could not grade.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<Judge?> ChooseAsync(StepRun run, IReadOnlyList<Judge> passedOver, CancellationToken ct)
    {
        var able = await AbleAsync(run.Job.OwnerId, ct);
        able.RemoveAll(minion => passedOver.Any(judge => judge.Id == minion.Id));
        var kept = able.Find(minion => minion.Id == run.Config.JudgeMinionId);
        if (kept is null && run.Config.JudgeMinionId is not null && passedOver.Count == 0)
        {
            await run.LogAsync("The judge of this run was deleted, paused or put on the built-in model. Another one is looked for.", ct);
        }

        var chosen =
            kept ?? MostCapable(able.Where(minion => minion.Id != run.Job.MinionId)) ?? able.Find(minion => minion.Id == run.Job.MinionId);
        if (chosen is null)
        {
            await run.LogAsync(
                passedOver.Count == 0
                    ? "No minion can grade the answers: the built-in model is too small to."
                    : "Nobody is left who could grade the answers.",
                ct
            );
            return null;
        }

        var judge = new Judge(
            chosen.Id,
            chosen.Citizen.DisplayName,
            chosen.Id == run.Job.MinionId,
            kept is null || run.Config.JudgeWasFound
        );
        if (kept is null)
        {
            await run.ChooseAsync(run.Config with { JudgeMinionId = judge.Id, JudgeWasFound = true }, ct);
        }

        await run.LogAsync(judge.IsSelf ? $"{judge.Name} grades its own answers." : $"{judge.Name} grades the answers.", ct);
        return judge;
    }

    /// <summary>At a provider before here, then the larger model, then the higher level, then the older minion.</summary>
    internal Minion? MostCapable(IEnumerable<Minion> minions) =>
        minions
            .OrderBy(minion => reader.IsLocal(minion))
            .ThenByDescending(minion => ParameterCount.Of(minion.Parameters))
            .ThenByDescending(minion => minion.Level.Number)
            .ThenBy(minion => minion.Id)
            .FirstOrDefault();

    private async Task<List<Minion>> AbleAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = await db.Minions.Live().OwnedBy(owner).AsNoTracking().ToListAsync(ct);
        return minions.FindAll(minion => minion.Citizen.IsActive && reader.CanJudge(minion));
    }
}
