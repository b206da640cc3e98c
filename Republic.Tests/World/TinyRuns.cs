using System.Text.Json;
using Republic.Core.Lora;
using Republic.Core.Trainer;

namespace Republic.Tests.World;

/// <summary>Training runs of a tiny model on a few rows, each in a folder of its own: 90 steps that take seconds.</summary>
internal sealed class TinyRuns : IDisposable
{
    public const int Steps = 90;

    public static readonly LoraSettings Settings = new()
    {
        Epochs = 10,
        BatchSize = 2,
        EarlyStoppingPatience = 0,
        ValidationShare = 0.1,
    };

    /// <summary>Of a run that is killed or held: long enough, however late a busy machine lets the test hear of a step.</summary>
    public static readonly LoraSettings LongSettings = Settings with { Epochs = 100 };

    public const int LongSteps = 10 * Steps;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public TinyRuns()
    {
        Base = TinyModels.Write(folder.FullName, TinyModelShape.Llama);
        Data = Path.Combine(folder.FullName, "rows.jsonl");
        File.WriteAllLines(Data, Enumerable.Range(0, 20).Select(Row));
    }

    public string Base { get; }

    public string Data { get; }

    /// <summary>The same run for the same settings, in another folder.</summary>
    /// <param name="initial">The adapter that it goes on from.</param>
    public TrainingOrder Order(string name, LoraSettings? settings = null, string? initial = null) =>
        new(
            new LoraRun(Base, Data, Path.Combine(folder.FullName, name, "adapter.gguf"))
            {
                Settings = settings ?? Settings,
                CheckpointEvery = TimeSpan.Zero,
                InitialAdapterPath = initial,
            }
        );

    /// <summary>What the run makes when nothing disturbs it, trained in this process.</summary>
    public byte[] Undisturbed(LoraSettings? settings = null) => Undisturbed(Order("undisturbed", settings));

    public static byte[] Undisturbed(TrainingOrder order)
    {
        var run = order.Run;
        Directory.CreateDirectory(Path.GetDirectoryName(run.AdapterPath)!);
        LoraTrainer.Run(run, new Heard(), TimeProvider.System, TestContext.Current.CancellationToken);
        return File.ReadAllBytes(run.AdapterPath);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Row(int number)
    {
        var question = new { role = "user", content = $"Say {number}" };
        var answer = new { role = "assistant", content = $"{number} it is, and {number * 7 % 10} too." };
        return JsonSerializer.Serialize(new { messages = new[] { question, answer } });
    }
}
