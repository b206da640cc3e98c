using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training;

/// <summary>Takes a run through its nine steps, from the first that is not done to the last.</summary>
internal sealed class TrainingWork(
    IDbContextFactory<RepublicDb> databases,
    RunPlan plan,
    RunFinalizer finalizer,
    TrainingQuota quota,
    RunJournals journals,
    TimeProvider time
) : IJobWork
{
    public const string KindOfJob = "training";
    public const string Changed = KindOfJob + ".changed";

    public async Task<Outcome<JobResult>> RunAsync(JobRun work, CancellationToken ct)
    {
        var (job, rows) = await LoadAsync(work, ct);
        if (job is null)
        {
            return Failure.NotFound("training job");
        }

        try
        {
            return await RunAsync(work, job, journals.Open(work, rows), ct);
        }
        finally
        {
            await quota.WeighAsync(job.Id);
        }
    }

    private async Task<Outcome<JobResult>> RunAsync(JobRun work, TrainingJob job, RunJournal journal, CancellationToken ct)
    {
        if (await KeepMinionAsync(job, journal, ct) is { } missing)
        {
            return missing;
        }

        var forecast = plan.ForecastOf(job, journal.Steps, time);
        foreach (var step in plan.Steps.Where(step => !journal.IsDone(step.Name)))
        {
            var failure = await quota.TimeProblemAsync(job.OwnerId, ct);
            if (failure is not null)
            {
                return failure;
            }

            var run = new StepRun(job, step.Name, work, journal, forecast, run => Tell(work, run));
            plan.Begin(forecast, run, step);
            run.Tell();
            if (step.Takes(job) is { } what && !work.TryTake(what))
            {
                return JobResult.WaitFor(what);
            }

            failure = await RunStepAsync(run, step, ct);
            work.GiveBack();
            if (failure is not null)
            {
                return failure;
            }
        }

        await journal.BeginAsync(StepName.Finalize, ct);
        return finalizer.Of(new StepRun(job, StepName.Finalize, work, journal, forecast, run => Tell(work, run)));
    }

    private static async Task<Failure?> RunStepAsync(StepRun run, ITrainingStep step, CancellationToken ct)
    {
        await run.Journal.BeginAsync(step.Name, ct);
        var clock = Stopwatch.StartNew();
        var output = await step.RunAsync(run, ct);
        if (!output.Ok)
        {
            await run.Journal.FailAsync(step.Name, clock.Elapsed.TotalSeconds, ct);
            await run.LogAsync(output.Failure.Message, ct);
            return output.Failure;
        }

        await run.Journal.CompleteAsync(step.Name, output.Value, clock.Elapsed.TotalSeconds, ct);
        return null;
    }

    private async Task<(TrainingJob? Job, List<TrainingStep> Steps)> LoadAsync(JobRun work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var job = await db.TrainingJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == work.Job.Subject, ct);
        var rows = await db
            .TrainingSteps.AsNoTracking()
            .Where(step => step.TrainingJobId == work.Job.Subject)
            .OrderBy(step => step.Index)
            .ToListAsync(ct);
        return (job, rows);
    }

    /// <summary>Once, at the first start: what is edited later does not change what is compared.</summary>
    private async Task<Failure?> KeepMinionAsync(TrainingJob job, RunJournal journal, CancellationToken ct)
    {
        if (job.Before is not null)
        {
            return null;
        }

        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (
                await db.Minions.Live().OwnedBy(job.OwnerId).AsNoTracking().SingleOrDefaultAsync(m => m.Id == job.MinionId, ct)
                is not { } minion
            )
            {
                return Failure.Conflict("The minion was deleted. Restore it, and the run can go on.");
            }

            if (job.Config.KeepFromVersion is { } version && version != minion.Version)
            {
                return Failure.Conflict(
                    $"This run keeps answers of version {version}, and version {minion.Version} is live. Make version {version} live again, or make a new run."
                );
            }

            var links = await db.CollectionLinks.AsNoTracking().Where(link => link.MinionId == minion.Id).ToListAsync(ct);
            (job.Before, job.StartedAt) = (MinionSnapshot.Of(minion, links), time.GetUtcNow());
        }

        await journal.WriteAsync(
            (db, token) =>
                db
                    .TrainingJobs.Where(j => j.Id == job.Id)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(j => j.Before, job.Before).SetProperty(j => j.StartedAt, job.StartedAt),
                        token
                    ),
            ct
        );
        return null;
    }

    private static void Tell(JobRun work, StepRun run)
    {
        var detail = new RunProgress(run.Step, run.Forecast.Left?.TotalSeconds, run.Gauges);
        work.Report(run.Forecast.Progress, run.Step.ToString(), JsonSerializer.Serialize(detail, TrainingJson.Options));
    }
}
