using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Republic.Core.Host;
using Republic.Core.Lora;
using Republic.Core.Lora.Retention;

namespace Republic.Core.Trainer;

/// <summary>One run of a child process that measures: losses, or what a version kept.</summary>
internal sealed class LossChild : IAsyncDisposable
{
    private const int Aborted = 128 + 6;
    private const int Killed = 128 + 9;
    private readonly ChildProcess process;
    private readonly List<double?>[] losses;
    private readonly Action<MeasureProgress>? measured;
    private readonly Action<int>? counted;
    private int rows;
    private TrainingLine? last;

    private LossChild(ModelHostExecutable executable, LossOrder order, Action<int> counted, ILogger log)
    {
        this.counted = counted;
        losses = [.. order.Files.Select(_ => new List<double?>())];
        process = Begin(executable, "--measure", JsonSerializer.Serialize(order, SnakeCaseJson.Options), log);
    }

    private LossChild(ModelHostExecutable executable, RetentionOrder order, Action<MeasureProgress> measured, ILogger log)
    {
        this.measured = measured;
        losses = [];
        process = Begin(executable, "--retention", JsonSerializer.Serialize(order, SnakeCaseJson.Options), log);
    }

    /// <param name="counted">Hears how many rows are measured, on a thread of the child's.</param>
    public static LossChild Start(ModelHostExecutable executable, LossOrder order, Action<int> counted, ILogger log) =>
        new(executable, order, counted, log);

    /// <param name="measured">Hears how far it is, on a thread of the child's.</param>
    public static LossChild Start(ModelHostExecutable executable, RetentionOrder order, Action<MeasureProgress> measured, ILogger log) =>
        new(executable, order, measured, log);

    public void UseThreads(int count) => process.Say(ThreadsLine.Of(count));

    /// <summary>Returns when it has ended, with the losses of each file of a <see cref="LossOrder"/>. Cancelled, it is left to be disposed of, which ends it.</summary>
    public async Task<Outcome<IReadOnlyList<IReadOnlyList<double?>>>> LossesAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        return last switch
        {
            { End: TrainingEnd.Done } => losses,
            { Message: { } reason } => Failure.Conflict(reason),
            _ => Failure.Upstream(Problem()),
        };
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private string Problem() =>
        process.ExitCode switch
        {
            Killed => "The process that measures was killed, perhaps by the system because memory ran out. ",
            Aborted => $"The process that measures gave up, most often for want of memory: {process.LastError} ",
            var code => $"The process that measures ended with code {code.ToString(CultureInfo.InvariantCulture)}. {process.LastError} ",
        } + "End other programs where memory is short, and measure again.";

    private ChildProcess Begin(ModelHostExecutable executable, string mode, string order, ILogger log)
    {
        var begun = ChildProcess.Start(executable, ["model-host", mode], Path.GetTempPath(), Heard, log);
        begun.LowerPriority();
        begun.Say(order);
        return begun;
    }

    private void Heard(string? line)
    {
        if (line is null || TrainingLine.Read(line) is not { } said)
        {
            return;
        }

        if (said.Measured is { } share)
        {
            measured?.Invoke(share);
        }
        else if (said.Row is { } row)
        {
            losses[row.File].Add(row.Loss);
            counted?.Invoke(++rows);
        }
        else
        {
            last = said;
        }
    }
}
