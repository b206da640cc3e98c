using Republic.Core.Lora.Progress;

namespace Republic.Core.Trainer;

/// <summary>A run that <see cref="TrainingSupervisor"/> started, and the ways to hold it, end it and go on with it.</summary>
public sealed class TrainingRun
{
    private const int MostRestarts = 4;
    private const int ShortestRow = 32;
    private readonly Lock gate = new();
    private readonly TrainingSupervisor supervisor;
    private readonly IProgress<TrainingProgress> progress;
    private TrainingOrder order;
    private Func<Task>? cancel;
    private TrainingRunState wish;
    private int furthest;

    internal TrainingRun(TrainingOrder order, IProgress<TrainingProgress> progress, TrainingSupervisor supervisor)
    {
        (this.order, this.progress, this.supervisor) = (order, progress, supervisor);
        Ended = Task.FromResult(State);
    }

    public TrainingRunState State { get; private set; } = TrainingRunState.Stopped;

    /// <summary>What went wrong, for people; null while nothing has.</summary>
    public string? Problem { get; private set; }

    /// <summary>Of the child, while one computes.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Ends with the state that the run came to rest in: any but waiting and running. Resuming begins another.</summary>
    public Task<TrainingRunState> Ended { get; private set; }

    /// <summary>Goes on from the checkpoint; a run that is done or on its way is left alone.</summary>
    public void Resume()
    {
        lock (gate)
        {
            if (State is TrainingRunState.Paused or TrainingRunState.Stopped or TrainingRunState.Failed)
            {
                var started = new CancellationTokenSource();
                cancel = started.CancelAsync;
                (State, Problem, wish) = (TrainingRunState.Waiting, null, TrainingRunState.Stopped);
                // Asked for here and not in the task, which may begin later than that of a run that was started later.
                var turn = supervisor.TurnAsync(started.Token);
                Ended = Task.Run(() => RunAsync(turn, started));
            }
        }
    }

    /// <summary>Writes the checkpoint and gives back memory and threads.</summary>
    public Task PauseAsync() => HoldAsync(TrainingRunState.Paused);

    /// <summary>Writes the checkpoint and ends.</summary>
    public Task StopAsync() => HoldAsync(TrainingRunState.Stopped);

    private async Task HoldAsync(TrainingRunState asWhat)
    {
        Task cancelled;
        lock (gate)
        {
            if (cancel is null)
            {
                State = State == TrainingRunState.Paused ? asWhat : State;
                return;
            }

            wish = asWhat;
            cancelled = cancel();
        }

        await cancelled;
        await Ended;
    }

    private async Task<TrainingRunState> RunAsync(Task<IDisposable> turn, CancellationTokenSource started)
    {
        var ct = started.Token;
        var (state, problem) = (TrainingRunState.Failed, (string?)"The run could not be started.");
        try
        {
            using var _ = await turn;
            var child = await RunChildrenAsync(ct);
            (state, problem) = child.End switch
            {
                TrainingEnd.Done => (TrainingRunState.Done, null),
                TrainingEnd.Stopped => (wish, null),
                _ => (TrainingRunState.Failed, child.Problem),
            };
        }
        catch (OperationCanceledException)
        {
            (state, problem) = (wish, null);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            problem = $"The training process could not be started: {e.Message}";
        }
        finally
        {
            lock (gate)
            {
                (State, Problem, ProcessId, cancel) = (state, problem, null, null);
            }

            started.Dispose();
        }

        return state;
    }

    /// <summary>One child after the other, as long as going on from the checkpoint may help: not after many deaths without a step further. Gives the last.</summary>
    private async Task<TrainingChild> RunChildrenAsync(CancellationToken ct)
    {
        var (restarts, deaths) = (0, 0);
        while (true)
        {
            var before = furthest;
            var child = await supervisor.RunChildAsync(order, Started, Heard, ct);
            deaths = furthest > before ? 1 : deaths + 1;
            var goesOn = child switch
            {
                _ when ct.IsCancellationRequested => false,
                { End: TrainingEnd.OutOfMemory } => restarts++ < MostRestarts && AskForLess(),
                { WasKilled: true } => deaths < Patience.MostTries,
                _ => false,
            };
            if (!goesOn)
            {
                return child;
            }

            if (child.WasKilled)
            {
                progress.Report(new TrainingNote("The training process was killed. It goes on from its checkpoint."));
                // Memory that others have taken may be free in a while. One that had got further has no reason to wait.
                await Task.Delay(deaths > 1 ? Patience.After(deaths - 1) : TimeSpan.Zero, ct);
            }
        }
    }

    private void Heard(TrainingProgress told)
    {
        furthest = told is StepCompleted done ? Math.Max(furthest, done.Step) : furthest;
        progress.Report(told);
    }

    private void Started(int process)
    {
        lock (gate)
        {
            (State, ProcessId) = (TrainingRunState.Running, process);
        }
    }

    /// <summary>Half the rows at a time, then half their length: what the run does itself as long as it is told that memory is short.</summary>
    private bool AskForLess()
    {
        var run = order.Run;
        var rows = run.RowsAtMost ?? run.Settings.BatchSize;
        var length = run.LengthAtMost ?? run.Settings.MaxLength;
        if (rows <= 1 && length <= ShortestRow)
        {
            return false;
        }

        run = rows > 1 ? run with { RowsAtMost = rows / 2 } : run with { LengthAtMost = Math.Max(ShortestRow, length / 2) };
        var less = rows > 1 ? $"at most {run.RowsAtMost} rows at a time" : $"rows cut to {run.LengthAtMost} tokens";
        progress.Report(new TrainingNote($"The training process ran out of memory. It goes on from its checkpoint, with {less}."));
        order = order with { Run = run };
        return true;
    }
}
