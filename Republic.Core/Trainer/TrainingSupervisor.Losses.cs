using Republic.Core.Host;
using Republic.Core.Lora.Retention;

namespace Republic.Core.Trainer;

/// <summary>Measuring, which takes a turn of its own: a training run may last for hours, and a measurement takes seconds.</summary>
public sealed partial class TrainingSupervisor
{
    private readonly SemaphoreSlim measuring = new(1, 1);
    private readonly CancellationTokenSource ending = new();

    /// <summary>
    /// Measures each line of the order's files in a child process, one order at a time. While a training run computes, both share the
    /// threads that answers leave.
    /// </summary>
    /// <param name="counted">Hears how many lines are measured.</param>
    /// <returns>
    /// For every line of each file nats per answer token, as llama.cpp computes them in a chat; null where the line cannot be used, and
    /// not a number where the model says nothing sensible any more.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the app ends.</exception>
    public Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> MeasureAsync(LossOrder order, Action<int> counted, CancellationToken ct) =>
        MeasureAsync(order.ModelPath, (executable, worth) => LossChild.Start(executable, Told(order, worth), counted, log), ct);

    /// <summary>Measures in the same turn what a new version kept; the findings lie in the order's file when it went well.</summary>
    /// <param name="measured">Hears how far it is.</param>
    internal Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> MeasureRetentionAsync(
        RetentionOrder order,
        Action<MeasureProgress> measured,
        CancellationToken ct
    ) => MeasureAsync(order.ModelPath, (executable, worth) => LossChild.Start(executable, Told(order, worth), measured, log), ct);

    private async Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> MeasureAsync(
        string model,
        Func<ModelHostExecutable, int, LossChild> start,
        CancellationToken ct
    )
    {
        Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> measurement;
        lock (runs)
        {
            if (stopped is not null)
            {
                throw new OperationCanceledException("The app ends, and nothing is measured any more.");
            }

            measurements.RemoveAll(other => other.IsCompleted);
            measurement = Task.Run(() => MeasureInTurnAsync(model, start, ct), CancellationToken.None);
            measurements.Add(measurement);
        }

        return await measurement;
    }

    private async Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> MeasureInTurnAsync(
        string model,
        Func<ModelHostExecutable, int, LossChild> start,
        CancellationToken ct
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, ending.Token);
        await measuring.WaitAsync(either.Token);
        try
        {
            return await RunLossChildAsync(model, start, either.Token);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return Failure.Upstream($"The process that measures could not be started: {e.Message}");
        }
        finally
        {
            measuring.Release();
        }
    }

    private async Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> RunLossChildAsync(
        string model,
        Func<ModelHostExecutable, int, LossChild> start,
        CancellationToken ct
    )
    {
        var worth = ProcessorCores.ForTraining(model, threads.Threads);
        await using var child = start(ModelHostExecutable.Find(options.Value.Executable), worth);
        using var share = threads.Beside(worth, child.UseThreads);
        return await child.LossesAsync(ct);
    }

    /// <summary>The child works in another folder.</summary>
    private LossOrder Told(LossOrder order, int worth) =>
        order with
        {
            ModelPath = Path.GetFullPath(order.ModelPath),
            Files =
            [
                .. order.Files.Select(file =>
                    file with
                    {
                        DataPath = Path.GetFullPath(file.DataPath),
                        AdapterPath = Full(file.AdapterPath),
                    }
                ),
            ],
            Threads = worth,
            MemoryMegabytes = MemoryOr(order.MemoryMegabytes),
        };

    private RetentionOrder Told(RetentionOrder order, int worth) =>
        order with
        {
            ModelPath = Path.GetFullPath(order.ModelPath),
            PromptsPath = Path.GetFullPath(order.PromptsPath),
            OutputPath = Path.GetFullPath(order.OutputPath),
            FormerAdapterPath = Full(order.FormerAdapterPath),
            AdapterPath = Full(order.AdapterPath),
            LearnedPath = Full(order.LearnedPath),
            Threads = worth,
            MemoryMegabytes = MemoryOr(order.MemoryMegabytes),
        };

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    /// <summary>Nothing is measured any more, the child has ended, and nobody holds or awaits the turn.</summary>
    private async Task StopMeasuringAsync(IReadOnlyList<Task> underWay)
    {
        await ending.CancelAsync();
        // How each ended is told to whoever asked for it.
        await Task.WhenAll(underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
