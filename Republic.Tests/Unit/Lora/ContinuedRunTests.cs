using System.Text.Json;
using Republic.Core;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Progress;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>Runs that begin with the weights that an earlier one made.</summary>
public sealed class ContinuedRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly Progressed progress = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("llama", "F32", false)]
    [InlineData("qwen2", "Q8_0", true)]
    public void A_run_begins_with_the_loss_that_the_adapter_ended_with(string architecture, string type, bool tied)
    {
        var run = Run(new TinyModelShape(architecture, Type: type, Tied: tied));
        var first = Train(run);

        var second = Train(More(run));

        Assert.Equal(first.LossAfter!.Value, second.LossBefore!.Value, 1e-6);
        Assert.True(second.LossBefore < first.LossBefore * 0.8, $"{first.LossBefore} -> {second.LossBefore}");
        Assert.True(second.LossAfter <= second.LossBefore);
        Assert.Equal(second.LossBefore, AdapterFile.Read(More(run).AdapterPath).LossBefore);
        Assert.Single(
            progress.Notes,
            note => note.StartsWith("Before training, with the weights that the run begins with, the trainer", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_held_out_rows_it_learns_on_from_there_too()
    {
        var run = Run(TinyModelShape.Llama);
        run = run with { Settings = run.Settings with { ValidationShare = 0 } };
        Train(run);
        var before = progress.Steps[0].Loss;

        Train(More(run));

        Assert.True(progress.Steps.First(step => step.Of == 5).Loss < before * 0.8);
    }

    [Fact]
    public void Stopped_and_gone_on_with_it_ends_in_the_same_bytes_and_with_another_adapter_it_is_another_run()
    {
        var run = Run(TinyModelShape.Llama, dropout: 0.1f);
        Train(run);
        var whole = More(run);
        Train(whole);
        var stopped = whole with { AdapterPath = Path.Combine(folder.FullName, "again", "more.gguf"), Resume = true };
        Directory.CreateDirectory(Path.GetDirectoryName(stopped.AdapterPath)!);
        using var stop = new CancellationTokenSource();
        progress.OnReport = told =>
        {
            if (told is StepCompleted { Step: 2 })
            {
                stop.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => LoraTrainer.Run(stopped, progress, TimeProvider.System, stop.Token));
        progress.OnReport = _ => { };

        var refusal = Refusal(stopped with { InitialAdapterPath = null });
        var other = Refusal(stopped with { InitialAdapterPath = whole.AdapterPath });
        Train(stopped);

        Assert.Contains("belongs to a run that began with other weights", refusal, StringComparison.Ordinal);
        Assert.Contains("belongs to a run that began with other weights", other, StringComparison.Ordinal);
        Assert.Equal("Goes on after step 2 of 4.", progress.Notes.Single(note => note.StartsWith("Goes on", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllBytes(whole.AdapterPath), File.ReadAllBytes(stopped.AdapterPath));
    }

    [Fact]
    public void Where_no_step_is_better_the_adapter_stays_as_it_was()
    {
        var run = Run(TinyModelShape.Llama);
        Train(run);
        var (heldOut, other) = (Path.Combine(folder.FullName, "held-out.jsonl"), Path.Combine(folder.FullName, "other.jsonl"));
        File.Copy(run.DataPath, heldOut);
        File.WriteAllLines(
            other,
            Enumerable
                .Range(0, 20)
                .Select(i => JsonSerializer.Serialize(new { prompt = $"What is the {i}?", completion = new string('#', 30) }))
        );

        var more = More(run) with { DataPath = other, HeldOutPath = heldOut };
        var result = Train(more);

        Assert.Equal((0, result.LossBefore), (result.BestStep, result.LossAfter));
        Assert.Equal(Numbers(run), Numbers(more));
        Assert.EndsWith("so the adapter stays as it was. Try more data.", progress.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_that_does_not_fit_the_run_is_refused_with_what_differs()
    {
        var run = Run(TinyModelShape.Llama);
        Train(run);
        var more = More(run);
        var other = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Seed = 2 }, "other");
        var foreign = TinyAdapters.Write(folder.FullName, "foreign", run.ModelPath, seed: 1);

        Assert.Contains("was trained on", Refusal(more with { ModelPath = other }), StringComparison.Ordinal);
        Assert.Contains(
            "is of rank 4, and the run is of rank 8.",
            Refusal(With(more.Settings with { Rank = 8 })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is of alpha 8, and the run is of alpha 9.",
            Refusal(With(more.Settings with { Alpha = 9 })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is of the modules q k v o gate up down, and the run is of q v.",
            Refusal(With(more.Settings with { TargetModules = ["q", "v"] })),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Only adapters that were trained here can be gone on from.",
            Refusal(more with { InitialAdapterPath = foreign }),
            StringComparison.Ordinal
        );
        Assert.StartsWith("There is no file ", Refusal(more with { InitialAdapterPath = "nowhere.gguf" }), StringComparison.Ordinal);
        Assert.Contains(
            "would take the place of",
            Refusal(more with { AdapterPath = run.AdapterPath, Overwrite = true }),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(more.AdapterPath) || File.Exists(more.CheckpointPath));

        LoraRun With(LoraSettings settings) => more with { Settings = settings };
    }

    [Fact]
    public void Settings_take_their_shape_from_an_adapter()
    {
        var run = Run(TinyModelShape.Llama);
        run = run with { Settings = run.Settings with { TargetModules = ["v", "q"] } };
        Train(run);

        var settings = new LoraSettings { Rank = 64, Epochs = 7 }.ShapedLike(run.AdapterPath);

        Assert.Equal((4, 8f, 7), (settings.Rank, settings.Alpha, settings.Epochs));
        Assert.Equal(["q", "v"], settings.TargetModules.Order());
        var foreign = TinyAdapters.Write(folder.FullName, "foreign", run.ModelPath, seed: 1);
        Assert.Throws<LoraException>(() => new LoraSettings().ShapedLike(foreign));
        Assert.Throws<LoraException>(() => new LoraSettings().ShapedLike("nowhere.gguf"));
    }

    [Fact]
    public void A_checkpoint_that_knows_of_no_adapter_is_one_of_a_run_that_began_with_none()
    {
        const string written = """{"base_sha256":"a","data_sha256":"b","settings":{"rank":4}}""";
        var former = JsonSerializer.Deserialize<RunIdentity>(written, SnakeCaseJson.Options)!;

        (former with { Settings = new() { Rank = 4 } }).RefuseAnother(former);

        Assert.Throws<LoraException>(() => (former with { InitialSha256 = "c" }).RefuseAnother(former));
    }

    /// <summary>The numbers of its adapter, whatever stands in the header.</summary>
    private static byte[] Numbers(LoraRun run)
    {
        var header = GgufReader.Read(run.AdapterPath);
        return File.ReadAllBytes(run.AdapterPath)[(int)header.DataStart..];
    }

    private LoraRun Run(TinyModelShape shape, float dropout = 0)
    {
        var settings = new LoraSettings
        {
            Rank = 4,
            Alpha = 8,
            Dropout = dropout,
            LearningRate = 0.02,
            Epochs = 3,
        };
        var model = TinyModels.Write(folder.FullName, shape);
        var data = StyleRows.Write(folder.FullName, count: 20);
        return new LoraRun(model, data, Path.Combine(folder.FullName, "style.gguf")) { Settings = settings };
    }

    /// <summary>An epoch that goes on from what the run made.</summary>
    private LoraRun More(LoraRun run) =>
        run with
        {
            AdapterPath = Path.Combine(folder.FullName, "more.gguf"),
            InitialAdapterPath = run.AdapterPath,
            Settings = run.Settings with { Epochs = 1 },
        };

    private LoraResult Train(LoraRun run) => LoraTrainer.Run(run, progress, TimeProvider.System, TestContext.Current.CancellationToken);

    private string Refusal(LoraRun run) => Assert.Throws<LoraException>(() => Train(run)).Message;
}
