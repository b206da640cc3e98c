using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Jobs;

/// <summary>One start of one job on this node, from taking it to its end, whatever that is.</summary>
internal sealed class JobExecution(
    JobStore store,
    IEnumerable<JobKind> kinds,
    LiveEvents live,
    JobNode node,
    JobEnvironment environment,
    ILogger<JobExecution> log
)
{
    /// <param name="ct">This node goes down.</param>
    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        if (await environment.Room.EnterAsync(full => store.BeginAsync(id, node.Name, full, ct), ct) is not { } job)
        {
            return;
        }

        try
        {
            await RunAsync(job, ct);
        }
        finally
        {
            environment.Room.Leave(job);
        }
    }

    private async Task RunAsync(Job job, CancellationToken ct)
    {
        var run = new JobRun(job, environment.Room);
        if (job.Attempts > environment.Options.Attempts + job.Holds)
        {
            await HoldAsync(run, ct);
            return;
        }

        Tell(job, "progress");
        using var taken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var ended = new CancellationTokenSource();
        var beating = BeatAsync(run, taken, ended.Token);
        var end = "done";
        try
        {
            var came = await WorkAsync(run, taken.Token);
            end = came.Value is { IsEnd: false } ? "progress" : end;
            await EndAsync(run, came, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await store.ReturnAsync(run, CancellationToken.None);
        }
        catch (OperationCanceledException error) when (taken.IsCancellationRequested || error is JobOvertakenException)
        {
            log.LogInformation("Job {Job} was cancelled or taken by another node", job.Id);
        }
        catch (Exception error) when (DatabaseFaults.IsDatabaseAway(error))
        {
            log.LogWarning("Job {Job} lost the database, and is begun again: {Reason}", job.Id, error.Message);
            await PutBackAsync(run, ct);
        }
        finally
        {
            await ended.CancelAsync();
            await beating;
        }

        Tell(job, end);
    }

    /// <summary>Its process died each time. That may be the fault of what ran beside it, so it gets another start later on.</summary>
    private async Task HoldAsync(JobRun run, CancellationToken ct)
    {
        var (job, options) = (run.Job, environment.Options);
        var starts = options.Attempts + job.Holds;
        if (job.Holds >= options.Holds)
        {
            await store.FailAsync(run, JobHold.GivenUp(starts, job.Holds), paused: false, ct);
            Tell(job, "done");
            return;
        }

        var pause = JobHold.Pause(options.HoldFor, job);
        if (await store.HoldAsync(run, starts, pause, JobHold.Why(starts), ct))
        {
            log.LogWarning(
                "Job {Job} ({Kind} of {Subject}) is held for {Pause}: its process died, or lost the database, at each of {Starts} starts",
                job.Id,
                job.Kind,
                job.Subject,
                pause,
                starts
            );
        }

        Tell(job, "progress");
    }

    private async Task<Outcome<JobResult>> WorkAsync(JobRun run, CancellationToken ct)
    {
        try
        {
            return kinds.SingleOrDefault(kind => kind.Name == run.Job.Kind) is { } kind
                ? await kind.Work().RunAsync(run, ct)
                : Failure.Conflict($"This version of Republic does not know the work “{run.Job.Kind}”. Update it.");
        }
        catch (Exception error)
            when (error is not OperationCanceledException && !ct.IsCancellationRequested && !DatabaseFaults.IsDatabaseAway(error))
        {
            log.LogError(error, "Job {Job} ({Kind} of {Subject}) failed", run.Job.Id, run.Job.Kind, run.Job.Subject);
            return Failure.Conflict($"An internal error stopped the job ({error.GetType().Name}). The log has more; try again.");
        }
    }

    /// <summary>When the database stays away for long, another node finds the job silent.</summary>
    private async Task PutBackAsync(JobRun run, CancellationToken ct)
    {
        var started = environment.Time.GetTimestamp();
        while (!ct.IsCancellationRequested && environment.Time.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
        {
            try
            {
                await store.PutBackAsync(run, ct);
                return;
            }
            catch (Exception error) when (DatabaseFaults.IsTransient(error))
            {
                await Task.Delay(environment.Options.Heartbeat, environment.Time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <param name="ct">This node goes down, and a database that is away is not waited for: another start does the job.</param>
    private async Task EndAsync(JobRun run, Outcome<JobResult> came, CancellationToken ct)
    {
        var started = environment.Time.GetTimestamp();
        while (true)
        {
            try
            {
                if (!await SaveEndAsync(run, came))
                {
                    log.LogInformation("Job {Job} ended here, but another node has it or it was cancelled: not saved", run.Job.Id);
                    await RefuseAsync(run, came.Value);
                    return;
                }

                came.Value?.Saved?.Invoke();
                return;
            }
            catch (Exception error)
                when (DatabaseFaults.IsTransient(error)
                    && environment.Time.GetElapsedTime(started) < TimeSpan.FromMinutes(1)
                    && !ct.IsCancellationRequested
                )
            {
                await Task.Delay(environment.Options.Heartbeat, environment.Time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception error) when (came.Ok && !DatabaseFaults.IsTransient(error))
            {
                log.LogError(error, "What job {Job} ({Kind} of {Subject}) made was refused", run.Job.Id, run.Job.Kind, run.Job.Subject);
                await RefuseAsync(run, came.Value);
                came = Failure.Conflict(
                    $"It was made, but the database refused it ({error.GetBaseException().GetType().Name}), so it is not kept. The log has more."
                );
            }
        }
    }

    private async Task RefuseAsync(JobRun run, JobResult? made)
    {
        made?.Discard?.Invoke();
        try
        {
            await (made?.Refused?.Invoke(CancellationToken.None) ?? Task.CompletedTask);
        }
        catch (Exception error)
        {
            log.LogError(error, "What job {Job} took could not be kept", run.Job.Id);
        }
    }

    private Task<bool> SaveEndAsync(JobRun run, Outcome<JobResult> came) =>
        came.Value?.WaitsFor is { } what ? store.WaitAsync(run, what, CancellationToken.None)
        : came.Value?.Rest is { } rest ? store.RestAsync(run, came.Value, rest, CancellationToken.None)
        : came.Ok ? store.CompleteAsync(run, came.Value, CancellationToken.None)
        : store.FailAsync(run, came.Failure.Message, Pauses(run, came.Failure), CancellationToken.None);

    private bool Pauses(JobRun run, Failure failure) =>
        failure.Kind == FailureKind.OverBudget && kinds.Any(kind => kind.Name == run.Job.Kind && kind.CanPause);

    private async Task BeatAsync(JobRun run, CancellationTokenSource taken, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(environment.Options.Heartbeat, environment.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    if (!await store.BeatAsync(run, ct))
                    {
                        await taken.CancelAsync();
                        return;
                    }

                    Tell(run.Job, "progress");
                }
                catch (Exception error) when (!ct.IsCancellationRequested)
                {
                    // The work goes on; when the database is away for long another node decides, and the next write tells.
                    log.LogWarning("The progress of job {Job} could not be saved: {Reason}", run.Job.Id, error.Message);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The job is over, and its last write is another one.
        }
    }

    private void Tell(Job job, string what) => live.Publish(job.OwnerId, new LiveEvent($"{job.Kind}.{what}", job.Subject, null));
}
