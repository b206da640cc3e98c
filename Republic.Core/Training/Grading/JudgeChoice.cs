using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Grading;

/// <summary>Finds the judge of a run: the minion that its person chose when it was made, on the model that it had then, or none.</summary>
internal sealed class JudgeChoice(IDbContextFactory<RepublicDb> databases, TrainingConfigReader reader)
{
    /// <returns>None where none was chosen; and none with the name of one that was, and may not grade any more.</returns>
    public async Task<(Judge? Judge, string? Gone)> OfAsync(StepRun run, CancellationToken ct)
    {
        if (run.Config.ChosenJudge is not { } id)
        {
            await run.LogAsync("No judge was chosen for this run, so nobody grades the answers.", ct);
            return (null, null);
        }

        // One that was deleted still has its name.
        await using var db = await databases.CreateDbContextAsync(ct);
        var minion = await db.Minions.OwnedBy(run.Job.OwnerId).AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        var name = minion?.Citizen.DisplayName ?? "The judge of this run";
        if (WhyNot(minion, run.Config, reader) is { } why)
        {
            await run.LogAsync($"{name} {why}, so nobody grades the answers: no other judge is taken in its place.", ct);
            return (null, name);
        }

        var judge = new Judge(id, name, id == run.Job.MinionId);
        await run.LogAsync(judge.IsSelf ? $"{name} grades its own answers." : $"{name} grades the answers.", ct);
        return (judge, null);
    }

    /// <summary>Why it may not grade any more, to be read after its name; null where it may.</summary>
    internal static string? WhyNot(Minion? minion, TrainingConfig config, TrainingConfigReader reader) =>
        minion is not { DeletedAt: null } ? "was deleted"
        : !minion.Citizen.IsActive ? "is paused"
        : !reader.CanJudge(minion) ? "was put on the built-in model"
        : config.JudgeModel is { } agreed && agreed != JudgeRights.ModelOf(minion)
            ? $"was put on {JudgeRights.ModelOf(minion)}, and {agreed} was chosen"
        : null;
}
