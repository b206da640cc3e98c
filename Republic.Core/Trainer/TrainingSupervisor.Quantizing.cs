using System.Globalization;
using System.Text.Json;
using Republic.Core.Host;
using Republic.Core.Llama.Files;
using Republic.Core.Lora;

namespace Republic.Core.Trainer;

/// <summary>Copying a model with fewer bits a weight, in a child process and in the same turn as measuring.</summary>
public sealed partial class TrainingSupervisor
{
    /// <returns>The path of the copy, which is used again where it is there already.</returns>
    public async Task<Outcome<string>> QuantizeAsync(string modelPath, string copyPath, string type, CancellationToken ct)
    {
        if (ModelQuantizer.Problem(type) is { } problem)
        {
            return Failure.Invalid("type", problem);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, ending.Token);
        await measuring.WaitAsync(either.Token);
        try
        {
            return File.Exists(copyPath) ? copyPath : await CopyAsync(modelPath, copyPath, type, either.Token);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return Failure.Upstream($"The process that copies the model could not be started: {e.Message}");
        }
        finally
        {
            measuring.Release();
        }
    }

    private async Task<Outcome<string>> CopyAsync(string modelPath, string copyPath, string type, CancellationToken ct)
    {
        TrainingLine? last = null;
        var worth = ProcessorCores.ForTraining(modelPath, threads.Threads);
        var order = new QuantizeOrder(Path.GetFullPath(modelPath), Path.GetFullPath(copyPath), type, worth)
        {
            MemoryMegabytes = MemoryOr(0),
        };
        await using var process = ChildProcess.Start(
            ModelHostExecutable.Find(options.Value.Executable),
            ["model-host", "--quantize"],
            Path.GetTempPath(),
            line => last = line is null ? last : TrainingLine.Read(line) ?? last,
            log
        );
        process.LowerPriority();
        process.Say(JsonSerializer.Serialize(order, SnakeCaseJson.Options));
        await process.WaitForExitAsync(ct);
        return last switch
        {
            { End: TrainingEnd.Done } => copyPath,
            { Message: { } reason } => Failure.Conflict(reason),
            _ => Failure.Upstream(
                $"The process that copies the model ended with code {process.ExitCode.ToString(CultureInfo.InvariantCulture)}. {process.LastError} Ask for the copy again."
            ),
        };
    }
}
