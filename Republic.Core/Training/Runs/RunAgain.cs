using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Runs;

/// <summary>
/// Makes a run once more that keeps what the first one lost: the answers that the version before gave are learned beside the rows, and other
/// questions are measured with.
/// </summary>
public sealed class RunAgain(RepublicDb db, TrainingEditor editor, TrainingControl control)
{
    private const string Again = ", again";

    /// <summary>Makes it and starts it.</summary>
    /// <returns>The new run; or why there is none, and then nothing was made.</returns>
    public async Task<Outcome<Guid>> KeepingAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await db.TrainingJobs.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(j => j.Id == id, ct) is not { } run)
        {
            return Failure.NotFound("training job");
        }

        var lost = run.Report?.Retention?.Lost.Where(answer => !answer.IsAsGood()).Select(answer => answer.Prompt).ToList() ?? [];
        if (lost.Count == 0)
        {
            return Failure.Conflict("This run lost no answers that could be kept. Make a new run to train again.");
        }

        var input = new TrainingInput(NameOf(run.Name), run.MinionId, run.Type.Name(), run.Description, run.DatasetIds, run.CollectionIds)
        {
            Origin = run.Origin,
        };
        var config = run.Config with
        {
            // The newest first, where there are more than fit.
            KeepAnswers = [.. lost.Concat(run.Config.KeepAnswers).Distinct(StringComparer.Ordinal).Take(TrainingConfig.MostKept)],
            Draw = run.Config.Draw + 1,
        };
        var made = await editor.CreateAsync(owner, input, config, known: null, ct);
        if (!made.Ok)
        {
            return made.Failure;
        }

        var started = await control.StartAsync(owner, made.Value, ct);
        if (!started.Ok)
        {
            await editor.DeleteUnstartedAsync(owner, made.Value, CancellationToken.None);
        }

        return started;
    }

    private static string NameOf(string name) =>
        name.EndsWith(Again, StringComparison.Ordinal) ? name
        : name.Length + Again.Length <= TrainingTables.MaxName ? name + Again
        : name;
}
