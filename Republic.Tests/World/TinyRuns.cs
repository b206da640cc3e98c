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

    private static readonly Lazy<byte[]> AnyRun = new(() =>
    {
        using var runs = new TinyRuns();
        return Trained(runs.Order("undisturbed"));
    });

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

    /// <summary>One to be killed or held: it rests between its steps, however late a busy machine lets the test hear of one.</summary>
    public TrainingOrder Slow(string name, string? initial = null)
    {
        var order = Order(name, initial: initial);
        return order with { Run = order.Run with { Rest = TimeSpan.FromMilliseconds(50) } };
    }

    /// <summary>What a run makes when nothing disturbs it.</summary>
    public static byte[] Undisturbed => AnyRun.Value;

    /// <summary>What the order makes, trained in this process.</summary>
    public static byte[] Trained(TrainingOrder order)
    {
        var run = order.Run;
        Directory.CreateDirectory(Path.GetDirectoryName(run.AdapterPath)!);
        LoraTrainer.Run(run, new Heard(), TimeProvider.System, CancellationToken.None);
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
