using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Grading;

/// <summary>Refuses a run whose judge cannot be asked, before anything is trained or paid for.</summary>
public sealed class JudgeCheck(RepublicDb db, TrainingConfigReader reader, MinionTargets targets)
{
    /// <summary>Follows the judge's name in the failure of a run whose judge did not answer.</summary>
    internal const string CouldNotGrade = ", the judge of this run, could not grade.";

    /// <summary>The name of the judge that a run failed for; null where it failed for something else.</summary>
    public static string? FailedJudge(string? error) =>
        error?.IndexOf(CouldNotGrade, StringComparison.Ordinal) is > 0 and var end ? error[..end] : null;

    /// <summary>Why the judge of this run cannot be asked, and the ways out; null where it can, or where nobody is to grade.</summary>
    public async Task<string?> ProblemAsync(TrainingJob run, CancellationToken ct)
    {
        if (run.Config.ChosenJudge is not { } id)
        {
            return null;
        }

        var judge = await db.Minions.OwnedBy(run.OwnerId).AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        // A run goes on without a judge that may not grade any more.
        if (judge is null || JudgeChoice.WhyNot(judge, run.Config, reader) is not null)
        {
            return null;
        }

        var name = judge.Citizen.DisplayName;
        return ProblemOf(await targets.TargetAsync(judge, ct)) is { } problem
            ? $"{name}, the judge of this run, cannot be asked. {problem} Mend it on {name}’s page, or make a new run with another judge or nobody. Where {name} is paused, this run goes on without a judge."
            : null;
    }

    /// <summary>Why there is no asking this model, as far as that is known without asking; null where nothing is in the way.</summary>
    internal static string? ProblemOf(Outcome<ModelTarget> found) =>
        !found.Ok ? found.Failure.Message
        : found.Value is { ApiKey: null or "", Provider: { Key: KeyNeed.Required } provider }
            ? $"{provider.DisplayName} needs an API key. Enter one. {provider.Help}"
        : null;
}
