using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Host;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Trainer;

/// <summary>Starts training runs as children of this process. One computes at a time; the others wait their turn. Measures losses, too.</summary>
public sealed partial class TrainingSupervisor(IOptions<ModelHostOptions> options, ThreadScheduler threads, ILogger<TrainingSupervisor> log)
    : IHostedService,
        IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<TrainingRun> runs = [];
    private readonly List<Task> measurements = [];
    private Task? stopped;

    /// <summary>Starts the run, or goes on with it where its folder holds a checkpoint.</summary>
    /// <param name="progress">Called with everything that the run tells, in order, one call at a time.</param>
    public TrainingRun Start(TrainingOrder order, IProgress<TrainingProgress> progress)
    {
        var run = new TrainingRun(order, progress, this);
        lock (runs)
        {
            ObjectDisposedException.ThrowIf(stopped is not null, this);
            runs.RemoveAll(other => other.State == TrainingRunState.Done);
            runs.Add(run);
        }

        run.Resume();
        return run;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Each run writes its checkpoint and ends. A host may be stopped twice, and dispose of all this after the first time.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (runs)
        {
            return stopped ??= Task.WhenAll(runs.Select(run => run.StopAsync()).Append(StopMeasuringAsync([.. measurements])));
        }
    }

    public void Dispose()
    {
        // What is still under way has a turn to give back; and behind these is nothing but memory.
        if (stopped is { IsCompleted: true })
        {
            turn.Dispose();
            measuring.Dispose();
            ending.Dispose();
        }
    }

    /// <summary>First come, first served, in the order of the calls. The result ends the turn.</summary>
    internal async Task<IDisposable> TurnAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        return new Turn(turn);
    }

    /// <summary>Runs the child until it ends; cancelled, it is told to end. The caller has the turn.</summary>
    internal async Task<TrainingChild> RunChildAsync(
        TrainingOrder order,
        Action<int> started,
        Action<TrainingProgress> heard,
        CancellationToken ct
    )
    {
        var executable = ModelHostExecutable.Find(options.Value.Executable);
        var worth = ProcessorCores.ForTraining(order.Run.ModelPath, threads.Threads);
        var rest = order.Run.Rest > TimeSpan.Zero ? order.Run.Rest : TimeSpan.FromMilliseconds(options.Value.TrainingRestMilliseconds);
        var run = order.Run with { Threads = worth, Rest = rest };
        var child = TrainingChild.Start(executable, new(run, MemoryOr(order.MemoryMegabytes)), heard, log);
        await using (child)
        {
            using var share = threads.Beside(worth, child.UseThreads);
            started(child.Id);
            await child.WaitForEndAsync(ct);
        }

        return child;
    }

    private long MemoryOr(long asked) =>
        asked > 0 ? asked
        : options.Value.TrainingMemoryMegabytes > 0 ? options.Value.TrainingMemoryMegabytes
        : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 >> 20;

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
