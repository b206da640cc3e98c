using System.Runtime.InteropServices;
using System.Text.Json;
using Republic.Core.Lora;
using Republic.Core.Lora.Graph;
using Republic.Core.ModelHost.Gguf;
using Republic.Core.ModelHost.Native;
using Republic.Core.ModelHost.Threads;

namespace Republic.Core.ModelHost.Training;

/// <summary>
/// The child process of one LoRA run, <c>republic model-host --train</c>. It reads a <see cref="TrainingOrder"/> as one line
/// of JSON, then lines <c>threads N</c>, and writes a line of JSON for everything that happens. When standard input ends it
/// writes a checkpoint and ends too, whoever closed it: its parent holds the other end, however that came to die.
/// </summary>
public static class TrainingProgram
{
    private const int Failed = 1;

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        using var stop = new CancellationTokenSource();
        // An interrupt goes to all processes of a terminal; the parent decides when the run ends.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var report = new TrainingReport(output, stop);
        var bound = 0L;
        try
        {
            var order = TrainingOrder.Read(await input.ReadLineAsync() ?? "");
            bound = order.MemoryMegabytes;
            if (bound > 0)
            {
                MemoryLimit.Set(bound << 20);
            }

            LlamaRuntime.EnsureStarted();
            var threads = new RunThreads();
            // The console's reader blocks its caller, whatever its methods are called.
            _ = Task.Run(() => ListenToParentAsync(input, threads, stop));
            LoraTrainer.Run(order.Run with { Resume = true }, report, TimeProvider.System, threads, stop.Token);
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
