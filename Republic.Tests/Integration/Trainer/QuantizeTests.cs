using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Trainer;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Trainer;

/// <summary>Copies of a model with fewer bits a weight, made in a child process.</summary>
public sealed class QuantizeTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>, IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly TrainingSupervisor training = shared.Models.Training;
    private readonly TinyRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Theory]
    [InlineData("Q8_0")]
    [InlineData("Q4_K_M")]
    public async Task A_copy_lies_beside_its_model_and_an_adapter_of_it_names_it_by_its_digest(string type)
    {
        var model = TinyModels.Write(
            Path.GetDirectoryName(runs.Base)!,
            TinyModelShape.Llama with
            {
                Width = 256,
                FeedForward = 512,
            },
            $"roomy-{type}"
        );
        var copy = await training.QuantizeAsync(model, ModelQuantizer.PathOf(model, type), type, Ct);

        Assert.True(copy.Ok, copy.Failure?.Message);
        Assert.Equal(Path.ChangeExtension(model, null) + $"-{type}.gguf", copy.Value);
        Assert.True(new FileInfo(copy.Value).Length < 0.6 * new FileInfo(model).Length);
        Assert.NotNull(ModelQuantizer.StoredIn(copy.Value));
        Assert.Null(ModelQuantizer.StoredIn(model));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(model)!, "*.unfinished"));

        var run = new LoraRun(copy.Value, runs.Data, Path.Combine(Path.GetDirectoryName(model)!, $"{type}.adapter.gguf"))
        {
            Settings = new LoraSettings { Rank = 4, Epochs = 1 },
        };
        LoraTrainer.Run(run, new Progressed(), TimeProvider.System, Ct);
        Assert.Equal(GgufHash.Of(copy.Value), AdapterFile.Read(run.AdapterPath).BaseSha256);
    }

    [Fact]
    public async Task What_cannot_be_copied_is_refused_and_leaves_nothing_behind()
    {
        var copy = ModelQuantizer.PathOf(runs.Base, "Q8_0");

        Assert.Contains(
            "Q8_0 or Q4_K_M",
            (await training.QuantizeAsync(runs.Base, copy, "Q9", Ct)).Failure!.Message,
            StringComparison.Ordinal
        );
        Assert.True((await training.QuantizeAsync(runs.Base, copy, "Q8_0", Ct)).Ok);
        var again = await training.QuantizeAsync(copy, ModelQuantizer.PathOf(copy, "Q4_K_M"), "Q4_K_M", Ct);
        Assert.Contains("is stored in Q8_0 already", again.Failure!.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(ModelQuantizer.PathOf(copy, "Q4_K_M")));
        // What is there is used again, and never written over.
        var before = File.GetLastWriteTimeUtc(copy);
        Assert.Equal(copy, (await training.QuantizeAsync(runs.Base, copy, "Q8_0", Ct)).Value);
        Assert.Equal(before, File.GetLastWriteTimeUtc(copy));
        Assert.Throws<IOException>(() => ModelQuantizer.Run(runs.Base, copy, "Q8_0", threads: 1));
    }
}
