using Republic.Core.Lora;
using Republic.Core.Lora.Progress;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>Whole runs of the trainer in a folder of their own: a tiny model, twenty rows in a manner of their own, twelve steps.</summary>
internal sealed class TinyTraining : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public string Folder => folder.FullName;

    public Progressed Progress { get; } = new();

    public LoraRun Run(TinyModelShape shape, float dropout = 0)
    {
        var settings = new LoraSettings
        {
            Rank = 4,
            Alpha = 8,
            Dropout = dropout,
            LearningRate = 0.02,
            Epochs = 3,
        };
        var model = TinyModels.Write(Folder, shape);
        var data = StyleRows.Write(Folder, count: 20);
        return new LoraRun(model, data, At("style.gguf")) { Settings = settings };
    }

    public LoraResult Train(LoraRun run) => LoraTrainer.Run(run, Progress, TimeProvider.System, TestContext.Current.CancellationToken);

    public string Refusal(LoraRun run) => Assert.Throws<LoraException>(() => Train(run)).Message;

    /// <summary>Trains until one of these steps is done, and stops the run there.</summary>
    /// <returns>False where the run came to its end before.</returns>
    public bool StopsAfter(LoraRun run, params int[] steps)
    {
        using var stop = new CancellationTokenSource();
        Progress.OnReport = progress =>
        {
            if (progress is StepCompleted { Step: var step } && steps.Contains(step))
            {
                stop.Cancel();
            }
        };
        try
        {
            LoraTrainer.Run(run, Progress, TimeProvider.System, stop.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        finally
        {
            Progress.OnReport = _ => { };
        }
    }

    public string At(string name) => Path.Combine(Folder, name);

    public void Dispose() => folder.Delete(recursive: true);
}
