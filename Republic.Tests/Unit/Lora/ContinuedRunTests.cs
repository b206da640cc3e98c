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
    private readonly TinyTraining training = new();

    public void Dispose() => training.Dispose();

    [Theory]
    [InlineData("llama", "F32", false)]
    [InlineData("qwen2", "Q8_0", true)]
    public void A_run_begins_with_the_loss_that_the_adapter_ended_with(string architecture, string type, bool tied)
    {
        var run = training.Run(new TinyModelShape(architecture, Type: type, Tied: tied));
        var first = training.Train(run);

        var second = training.Train(More(run));

        Assert.Equal(first.LossAfter!.Value, second.LossBefore!.Value, 1e-6);
        Assert.True(second.LossBefore < first.LossBefore * 0.8, $"{first.LossBefore} -> {second.LossBefore}");
        Assert.True(second.LossAfter <= second.LossBefore);
        Assert.Equal(second.LossBefore, AdapterFile.Read(More(run).AdapterPath).LossBefore);
        Assert.Single(
            training.Progress.Notes,
            note => note.StartsWith("Before training, with the weights that the run begins with, the trainer", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_held_out_rows_it_learns_on_from_there_too()
    {
        var run = training.Run(TinyModelShape.Llama);
        run = run with { Settings = run.Settings with { ValidationShare = 0 } };
        training.Train(run);
        var before = training.Progress.Steps[0].Loss;

        training.Train(More(run));

        Assert.True(training.Progress.Steps.First(step => step.Of == 5).Loss < before * 0.8);
    }

    [Fact]
    public void Stopped_and_gone_on_with_it_ends_in_the_same_bytes_and_with_another_adapter_it_is_another_run()
    {
        var run = training.Run(TinyModelShape.Llama, dropout: 0.1f);
        training.Train(run);
        var whole = More(run);
        training.Train(whole);
        var stopped = whole with { AdapterPath = Path.Combine(training.Folder, "again", "more.gguf"), Resume = true };
        Directory.CreateDirectory(Path.GetDirectoryName(stopped.AdapterPath)!);
        Assert.True(training.StopsAfter(stopped, 2));

        var refusal = training.Refusal(stopped with { InitialAdapterPath = null });
        var other = training.Refusal(stopped with { InitialAdapterPath = whole.AdapterPath });
        training.Train(stopped);

        Assert.Contains("belongs to a run that began with other weights", refusal, StringComparison.Ordinal);
        Assert.Contains("belongs to a run that began with other weights", other, StringComparison.Ordinal);
        Assert.Equal(
            "Goes on after step 2 of 4.",
            training.Progress.Notes.Single(note => note.StartsWith("Goes on", StringComparison.Ordinal))
        );
        Assert.Equal(File.ReadAllBytes(whole.AdapterPath), File.ReadAllBytes(stopped.AdapterPath));
    }

    [Fact]
    public void Where_no_step_is_better_the_adapter_stays_as_it_was()
    {
        var run = training.Run(TinyModelShape.Llama);
        training.Train(run);
        var (heldOut, other) = (training.At("held-out.jsonl"), training.At("other.jsonl"));
        File.Copy(run.DataPath, heldOut);
        File.WriteAllLines(
            other,
            Enumerable
                .Range(0, 20)
                .Select(i => JsonSerializer.Serialize(new { prompt = $"What is the {i}?", completion = new string('#', 30) }))
        );

        var more = More(run) with { DataPath = other, HeldOutPath = heldOut };
        var result = training.Train(more);

        Assert.Equal((0, result.LossBefore), (result.BestStep, result.LossAfter));
        Assert.Equal(Numbers(run), Numbers(more));
        Assert.EndsWith("so the adapter stays as it was. Try more data.", training.Progress.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_that_does_not_fit_the_run_is_refused_with_what_differs()
    {
        var run = training.Run(TinyModelShape.Llama);
        training.Train(run);
        var more = More(run);
        var other = TinyModels.Write(training.Folder, TinyModelShape.Llama with { Seed = 2 }, "other");
        var foreign = TinyAdapters.Write(training.Folder, "foreign", run.ModelPath, seed: 1);

        Assert.Contains("was trained on", training.Refusal(more with { ModelPath = other }), StringComparison.Ordinal);
        Assert.Contains(
            "is of rank 4, and the run is of rank 8.",
            training.Refusal(With(more.Settings with { Rank = 8 })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is of alpha 8, and the run is of alpha 9.",
            training.Refusal(With(more.Settings with { Alpha = 9 })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is of the modules q k v o gate up down, and the run is of q v.",
            training.Refusal(With(more.Settings with { TargetModules = ["q", "v"] })),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "A run can go on only from adapters that were trained here.",
            training.Refusal(more with { InitialAdapterPath = foreign }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "There is no file ",
            training.Refusal(more with { InitialAdapterPath = "nowhere.gguf" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "would take the place of",
            training.Refusal(more with { AdapterPath = run.AdapterPath, Overwrite = true }),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(more.AdapterPath) || File.Exists(more.CheckpointPath));

        LoraRun With(LoraSettings settings) => more with { Settings = settings };
    }

    [Fact]
    public void Settings_take_their_shape_from_an_adapter()
    {
        var run = training.Run(TinyModelShape.Llama);
        run = run with { Settings = run.Settings with { TargetModules = ["v", "q"] } };
        training.Train(run);

        var settings = new LoraSettings { Rank = 64, Epochs = 7 }.ShapedLike(run.AdapterPath);

        Assert.Equal((4, 8f, 7), (settings.Rank, settings.Alpha, settings.Epochs));
        Assert.Equal(["q", "v"], settings.TargetModules.Order());
        var foreign = TinyAdapters.Write(training.Folder, "foreign", run.ModelPath, seed: 1);
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

    /// <summary>The numbers of a run's adapter, whatever its header says.</summary>
    private static byte[] Numbers(LoraRun run)
    {
        var header = GgufReader.Read(run.AdapterPath);
        return File.ReadAllBytes(run.AdapterPath)[(int)header.DataStart..];
    }

    /// <summary>An epoch that goes on from what the run made.</summary>
    private LoraRun More(LoraRun run) =>
        run with
        {
            AdapterPath = training.At("more.gguf"),
            InitialAdapterPath = run.AdapterPath,
            Settings = run.Settings with { Epochs = 1 },
        };
}
