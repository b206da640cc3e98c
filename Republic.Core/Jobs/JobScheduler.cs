using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Republic.Core.Jobs;

/// <summary>
/// The one place that knows Quartz: a queue between all nodes on one database, which fires each job on one of them, and fires
/// it again when that one dies. Correctness does not depend on it: <see cref="JobStore"/> decides who works, and a sweep offers
/// again what was lost on the way.
/// </summary>
internal sealed class JobScheduler(
    ISchedulerFactory quartz,
    JobStore ledger,
    NodeClock clock,
    JobControl control,
    JobEnvironment environment,
    ILogger<JobScheduler> log
) : BackgroundService
{
    private const string JobId = "job";

    private IScheduler? joined;

    internal static void AddTo(IServiceCollection services, string connectionString, JobOptions options)
    {
        var node = new JobNode();
        services.AddSingleton(node);
        services.AddQuartz(queue =>
        {
            queue.ConfigureScheduler(o =>
            {
                o.InstanceName = "Republic";
                o.InstanceId = node.Name;
                // Work that another node has offered is looked for so often; what this node offers is fired at once.
                o.IdleWaitTime = TimeSpan.FromSeconds(1);
            });
            queue.UseDefaultThreadPool(options.AtOnce);
            queue.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(3);
                });
                store.ConfigureStore(o =>
                {
                    o.StoreJobDataAsStrings = true;
                    o.TablePrefix = "quartz_";
                    o.UseBackgroundThreads = true;
                    // A database that was away is looked for again as soon as the sweep does so.
                    o.DbRetryInterval = options.SweepEvery;
                });
                store.ProvisionSchema();
            });
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await environment.StartedAsync(stoppingToken);
            using var timer = new PeriodicTimer(environment.Options.SweepEvery, environment.Time);
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("The queue of long work pauses: {Reason}", error.Message);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Going down.
        }
        finally
        {
            if (joined is not null)
            {
                await joined.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        if (environment.Stopping.IsCancellationRequested)
        {
            // What this node has given back is another's, or its own after the next start.
            return;
        }

        var skew = await clock.SkewAsync(ct);
        if (!clock.IsGood(skew))
        {
            await StandAsideAsync(skew, ct);
            return;
        }

        await JoinAsync(ct);
        foreach (var job in await ledger.ReleaseAsync(ct))
        {
            await control.StartAsync(job);
        }

        foreach (var (id, epoch) in await ledger.AbandonedAsync(environment.Room.Full, ct))
        {
            await OfferAsync(id, epoch, ct);
        }
    }

    private async Task JoinAsync(CancellationToken ct)
    {
        joined ??= await ledger.OneNodeAtATimeAsync(() => quartz.GetScheduler(ct).AsTask(), ct);
        if (joined.Status != SchedulerStatus.Running)
        {
            await joined.Start(ct);
            control.Offer = (id, end) => OfferAsync(id, epoch: 0, end);
            log.LogInformation("This node takes part in long work as {Node}", joined.SchedulerInstanceId);
        }
    }

    private async Task StandAsideAsync(TimeSpan skew, CancellationToken ct)
    {
        log.LogError(
            "This node's clock is {Skew:0.0} s {Direction} the database's, so it takes no long work. Set the clock (NTP); it joins by itself.",
            skew.Duration().TotalSeconds,
            skew > TimeSpan.Zero ? "ahead of" : "behind"
        );
        if (joined is { Status: SchedulerStatus.Running })
        {
            await joined.Standby(ct);
        }
    }

    /// <summary>Lets some node with room run a job. One that is offered already stays as it is.</summary>
    /// <param name="epoch">Of the start before: what Quartz remembers of a start whose node died must not stand in the way of the next.</param>
    private async Task OfferAsync(Guid id, int epoch, CancellationToken ct)
    {
        var name = $"{id}/{epoch}";
        if (await joined!.Exists(new TriggerKey(name), ct))
        {
            return;
        }

        var job = JobBuilder.Create<Firing>().WithIdentity(name).UsingJobData(JobId, id.ToString()).RequestRecovery().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(name).StartNow().Build();
        await joined.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, ct);
    }

    private sealed class Firing(JobExecution execution, JobEnvironment environment) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await execution.RunAsync(Guid.Parse(context.MergedJobDataMap.GetString(JobId)!), environment.Stopping);
            }
            catch (OperationCanceledException) when (environment.Stopping.IsCancellationRequested)
            {
                // The sweep of another node, or of this one's next start, finds the job.
            }
        }
    }
}
