using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Prompts;
using Republic.Core.Training.Reports;

namespace Republic.Core.Training.Runs;

/// <summary>
/// Makes a run once more that keeps what the first one lost: the answers that the version before gave are learned beside the rows, and another
/// set of questions is measured with.
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

        var lost = run.Report is { } report ? ToKeep(report) : [];
        if (lost.Count == 0)
        {
            return Failure.Conflict("This run lost no answers that could be kept. Make a new run to train again.");
        }

        var live = await db
            .Minions.Live()
            .OwnedBy(owner)
            .Where(m => m.Id == run.MinionId)
            .Select(m => (int?)m.Version)
            .SingleOrDefaultAsync(ct);
        if (live is { } version && run.Before is { } before && version != before.Version)
        {
            return Failure.Conflict(
                $"The answers to keep are those of version {before.Version}, and version {version} is live. Make version {before.Version} live again, then train."
            );
        }

        var input = new TrainingInput(NameOf(run.Name), run.MinionId, run.Type.Name(), run.Description, run.DatasetIds, run.CollectionIds)
        {
            Origin = run.Origin,
        };
        var config = run.Config with
        {
            // The newest first, where there are more than fit.
            KeepAnswers = [.. lost.Concat(run.Config.KeepAnswers).Distinct(StringComparer.Ordinal).Take(TrainingConfig.MostKept)],
            KeepFromVersion = run.Before?.Version,
            QuestionSet = (run.Config.QuestionSet + 1) % ReferencePrompts.Sets,
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

    /// <summary>
    /// The questions of answers that nobody found as good, and that are no person's own: what was asked in chats is measured with and is learned
    /// only from those who agreed to that.
    /// </summary>
    public static IReadOnlyList<string> ToKeep(TrainingReport report) =>
        report.Verdict != GateVerdict.Forgot
            ? []
            :
            [
                .. (report.Retention?.Lost ?? [])
                    .Where(answer => !answer.IsAsGood() && answer.Kind != ReferencePrompts.Chats)
                    .Select(answer => answer.Prompt),
            ];

    private static string NameOf(string name) =>
        name.EndsWith(Again, StringComparison.Ordinal) ? name
        : name.Length + Again.Length <= TrainingTables.MaxName ? name + Again
        : name;
}
