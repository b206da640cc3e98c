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
    private readonly List<double?> losses = [];
    private readonly Action<MeasureProgress>? measured;
    private TrainingLine? last;

    private LossChild(ModelHostExecutable executable, string mode, string order, Action<MeasureProgress>? measured, ILogger log)
    {
        this.measured = measured;
        process = ChildProcess.Start(executable, ["model-host", mode], Path.GetTempPath(), Heard, log);
        process.LowerPriority();
        process.Say(order);
    }

    public static LossChild Start(ModelHostExecutable executable, LossOrder order, ILogger log) =>
        new(executable, "--measure", JsonSerializer.Serialize(order, SnakeCaseJson.Options), measured: null, log);

    /// <param name="measured">Hears how far it is, on a thread of the child's.</param>
    public static LossChild Start(ModelHostExecutable executable, RetentionOrder order, Action<MeasureProgress> measured, ILogger log) =>
        new(executable, "--retention", JsonSerializer.Serialize(order, SnakeCaseJson.Options), measured, log);

    public void UseThreads(int count) => process.Say(ThreadsLine.Of(count));

    /// <summary>Returns when it has ended, with the losses of a <see cref="LossOrder"/>. Cancelled, it is left to be disposed of, which ends it.</summary>
    public async Task<Outcome<IReadOnlyList<double?>>> LossesAsync(CancellationToken ct)
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
            losses.Add(row.Loss);
        }
        else
        {
            last = said;
        }
    }
}
