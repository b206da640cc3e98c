using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Versions;

namespace Republic.Core.Training.Reports;

/// <summary>A person's own judgement of the answers that a run's report calls lost. The verdict is counted anew with it.</summary>
public sealed class LostAnswers(RepublicDb db, LiveEvents live, AuditLog audit, TimeProvider time)
{
    /// <param name="number">Of the answer in the report's list, from 0.</param>
    /// <param name="isAsGood">Null takes the mark away.</param>
    public async Task<Outcome<TrainingReport>> MarkAsync(Guid owner, Guid run, int number, bool? isAsGood, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Marks of one report wait for each other: each writes all of it.
        await db.Database.ExecuteSqlAsync($"select 1 from training_jobs where id = {run} and owner_id = {owner} for update", ct);
        if (await db.TrainingJobs.OwnedBy(owner).SingleOrDefaultAsync(j => j.Id == run, ct) is not { } job)
        {
            return Failure.NotFound("training job");
        }

        if (job.Report?.Retention is not { } kept || number < 0 || number >= kept.Lost.Count)
        {
            return Failure.NotFound("lost answer");
        }

        var lost = kept.Lost[number];
        if (isAsGood == true && lost.IsDegenerate)
        {
            return Failure.Conflict("This answer came apart in one of its tries, and so it cannot count as good. Train again and keep it.");
        }

        var was = job.Report.JudgedVerdict ?? job.Report.Verdict;
        job.Report = job.Report with
        {
            Retention = kept with
            {
                Lost = [.. kept.Lost.Select((one, i) => i == number ? one with { Mark = isAsGood is { } good ? new(good) : null } : one)],
            },
        };
        job.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        if (was != (job.Report.JudgedVerdict ?? job.Report.Verdict))
        {
            await audit.AppendAsync(db, owner, AuditActions.VerdictJudged, $"{job.Name}: {VerdictWords.Short(job.Report)}", ct);
        }

        var minion = await db.Minions.Where(m => m.Id == job.MinionId).Select(m => (int?)m.Version).SingleOrDefaultAsync(ct);
        await transaction.CommitAsync(ct);
        // The version's page says the verdict, too.
        live.Publish(owner, new LiveEvent(MinionVersions.Changed, job.MinionId, null));
        return job.Report.AsOf(minion);
    }
}
