using System.Collections.Concurrent;
using Republic.Core;
using Republic.Core.Jobs;

namespace Republic.Tests.World;

/// <summary>Long work that a test does by hand: it begins, and ends as the test says.</summary>
public sealed class HandWork : IJobWork
{
    public const string Name = "hand";

    /// <summary>The kind of job for the same work that runs once per person at a time.</summary>
    public const string OnePerPerson = "one hand";

    private readonly ConcurrentDictionary<(Guid Job, int Epoch), HandStart> starts = [];

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        var start = new HandStart(run, ct);
        starts[(run.Job.Id, run.Job.Epoch)] = start;
        return await start.End.Task;
    }

    /// <summary>Waits until a start of a job has begun.</summary>
    public Task<HandStart> StartOfAsync(Guid job, int epoch = 1) =>
        Until.SomethingAsync(() => Task.FromResult(starts.GetValueOrDefault((job, epoch))));

    public int StartsOf(Guid job) => starts.Keys.Count(key => key.Job == job);
}

/// <summary>One start of a job. It heeds the token only when the test says so, as work in the middle of something does.</summary>
public sealed class HandStart(JobRun run, CancellationToken ct)
{
    public JobRun Run => run;

    public TaskCompletionSource<Outcome<JobResult>> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task CancelledAsync() => Until.TrueAsync(() => ct.IsCancellationRequested);

    public void Heeds() => End.SetCanceled(ct);
}
