using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Republic.Core.Host;
using Republic.Core.Lora;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Trainer;

/// <summary>One run of the child process that trains.</summary>
internal sealed class TrainingChild : IAsyncDisposable
{
    private const int Aborted = 128 + 6;
    private const int Killed = 128 + 9;

    /// <summary>The checkpoint of a large rank takes a slow disk a while.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(1);
    private readonly ChildProcess process;
    private readonly Action<TrainingProgress> heard;
    private readonly ILogger log;
    private readonly string checkpoint;
    private TrainingLine? last;
    private bool hasBegun;
    private int exitCode;
    private string lastError = "";

    private TrainingChild(ModelHostExecutable executable, TrainingOrder order, Action<TrainingProgress> heard, ILogger log)
    {
        (this.heard, this.log, checkpoint) = (heard, log, order.Run.CheckpointPath);
        process = ChildProcess.Start(executable, ["model-host", "--train"], Folder(order), Heard, log);
        process.LowerPriority();
        process.Say(JsonSerializer.Serialize(order, SnakeCaseJson.Options));
    }

    public int Id => process.Id;

    /// <summary>How it ended, once it has.</summary>
    public TrainingEnd End => last?.End ?? (exitCode == Aborted && hasBegun ? TrainingEnd.OutOfMemory : TrainingEnd.Failed);

    /// <summary>By something outside, in the middle of its work.</summary>
    public bool WasKilled => last is null && exitCode == Killed;

    /// <summary>What went wrong, for people.</summary>
    public string Problem =>
        last?.Message
        ?? exitCode switch
        {
            Killed => "The training process was killed, perhaps by the system because memory ran out. ",
            Aborted when !hasBegun =>
                $"The training process gave up before training began, most often for want of memory, and fewer rows at a time would not help: {lastError} "
                    + "End other programs, allow it more (ModelHost:TrainingMemoryMegabytes), or take a smaller model. ",
            Aborted => $"The training process gave up, most often for want of memory: {lastError} ",
            var code => $"The training process ended with code {code.ToString(CultureInfo.InvariantCulture)}. {lastError} ",
        }
            + (
                File.Exists(checkpoint)
                    ? "Its last checkpoint is kept: the run can be resumed."
                    : "There is no checkpoint yet: resuming begins anew."
            );

    public static TrainingChild Start(ModelHostExecutable executable, TrainingOrder order, Action<TrainingProgress> heard, ILogger log) =>
        new(executable, order, heard, log);

    public void UseThreads(int count) => process.Say(ThreadsLine.Of(count));

    /// <summary>Returns when it has ended. Cancelled, it is told to write its checkpoint and end.</summary>
    public async Task WaitForEndAsync(CancellationToken ct)
    {
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            await process.StopAsync(ShutdownTimeout);
        }

        (exitCode, lastError) = (process.ExitCode, process.LastError);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string Folder(TrainingOrder order) =>
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(order.Run.AdapterPath))!).FullName;

    private void Heard(string? line)
    {
        if (line is null || TrainingLine.Read(line) is not { } said)
        {
            return;
        }

        if (said.Progress is not { } progress)
        {
            last = said;
            return;
        }

        hasBegun |= progress is TrainingStarted;
        try
        {
            heard(progress);
        }
        catch (Exception e)
        {
            // The lines are read on a thread of the runtime: an exception that leaves it would end the web process.
            log.LogError(e, "What the training process {ProcessId} told could not be taken in", Id);
        }
    }
}
