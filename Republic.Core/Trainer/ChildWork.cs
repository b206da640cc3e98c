using System.Runtime.InteropServices;
using System.Text.Json;
using Republic.Core.Host;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;
using Republic.Core.Lora;

namespace Republic.Core.Trainer;

/// <summary>
/// What a child process of one order does. It reads the order as one line, then lines <c>threads N</c>, and writes lines of JSON.
/// When standard input ends it is told to stop, whoever closed it: its parent holds the other end, however that came to die.
/// </summary>
/// <param name="MemoryMegabytes">What the process may take, apart from the model's mapped file; 0 is anything.</param>
internal sealed record ChildWork(long MemoryMegabytes, Action<TrainingReport, RunThreads, CancellationToken> Do)
{
    private const int Failed = 1;

    /// <param name="read">Takes the order.</param>
    public static async Task<int> RunAsync(TextReader input, TextWriter output, Func<string, ChildWork> read)
    {
        using var stop = new CancellationTokenSource();
        // An interrupt goes to all processes of a terminal; the parent decides when the work ends.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var report = new TrainingReport(output, stop);
        var bound = 0L;
        try
        {
            var work = read(await input.ReadLineAsync() ?? "");
            bound = work.MemoryMegabytes;
            if (bound > 0)
            {
                MemoryLimit.Set(bound << 20);
            }

            LlamaRuntime.EnsureStarted();
            var threads = new RunThreads();
            // The console's reader blocks its caller, whatever its methods are called.
            _ = Task.Run(() => ListenToParentAsync(input, threads, stop));
            work.Do(report, threads, stop.Token);
            report.End(TrainingEnd.Done);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            report.End(TrainingEnd.Stopped);
            return 0;
        }
        catch (LoraException e) when (e.FewerRowsMayHelp)
        {
            report.End(TrainingEnd.OutOfMemory, e.Message);
            return Failed;
        }
        catch (Exception e)
            when (e
                    is LoraException
                        or GgufException
                        or JsonException
                        or NativeLibraryException
                        or IOException
                        or UnauthorizedAccessException
                        or OutOfMemoryException
                        or DeviceMemoryException
                        or System.ComponentModel.Win32Exception
            )
        {
            var outOfMemory = (e.InnerException ?? e) is OutOfMemoryException or DeviceMemoryException;
            report.End(TrainingEnd.Failed, outOfMemory && bound > 0 ? $"{e.Message} {Allowance(bound)}" : e.Message);
            return Failed;
        }
    }

    private static string Allowance(long megabytes) =>
        $"It may take {megabytes} MB; ModelHost:TrainingMemoryMegabytes allows more, where the machine has it.";

    private static async Task ListenToParentAsync(TextReader input, RunThreads threads, CancellationTokenSource stop)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (ThreadsLine.Read(line) is { } count)
            {
                threads.Use(count);
            }
        }

        await stop.CancelAsync();
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
