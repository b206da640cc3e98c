using Republic.Sprout.Dialogues;
using Republic.Sprout.Making;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Sprout;

/// <summary>Training the built-in model further.</summary>
public sealed class SproutMakerTests(MadeSprouts made) : IClassFixture<MadeSprouts>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_further_run_begins_with_the_model_and_one_that_was_stopped_ends_as_one_that_was_not()
    {
        File.Copy(made.Checkpoint, At("stopped.checkpoint"));
        MadeSprouts.Make(folder.FullName, "stopped", MadeSprouts.Seed, stop: false);

        var (vocabulary, from) = SproutFile.Load(GgufMutations.SproutPath);
        var (same, further) = SproutFile.Load(made.Straight);
        Assert.Equal(vocabulary.Tokens, same.Tokens);
        Assert.All(from.All.Zip(further.All), pair => Assert.InRange(Change(pair.First, pair.Second), 1e-7, 0.05));
        Assert.Equal(File.ReadAllBytes(made.Straight), File.ReadAllBytes(At("stopped.gguf")));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        File.Copy(made.Checkpoint, At("model.checkpoint"));

        var refusal = Assert.Throws<InvalidDataException>(() =>
            MadeSprouts.Make(folder.FullName, "model", MadeSprouts.Seed + 1, stop: true)
        );

        Assert.Contains("belongs to another run", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_lies_between_its_models_and_that_of_one_model_is_the_model()
    {
        SproutMean.Make([GgufMutations.SproutPath, made.Straight], At("mean.gguf"));
        SproutMean.Make([made.Straight, made.Straight], At("same.gguf"));

        var (from, to, mean) = (Weights(GgufMutations.SproutPath), Weights(made.Straight), Weights(At("mean.gguf")));
        Assert.Equal(File.ReadAllBytes(made.Straight), File.ReadAllBytes(At("same.gguf")));
        foreach (var (a, b, middle) in from.Zip(to, mean))
        {
            Assert.All(
                middle.Values.Select((value, i) => value - ((a.Values[i] + b.Values[i]) / 2)),
                off => Assert.InRange(off, -0.004f, 0.004f)
            );
        }

        Assert.Contains(from.Zip(mean), pair => Change(pair.First, pair.Second) > 1e-5);

        static IReadOnlyList<SproutWeight> Weights(string path) => SproutFile.Load(path).Weights.All;
    }

    [Fact]
    public void Another_seed_draws_other_dialogues()
    {
        var (vocabulary, _) = SproutFile.Load(GgufMutations.SproutPath);
        int[] First(long seed) => new BatchStream(Corpus.Shared, vocabulary, SproutPlan.Further(100, seed)).Next(0)[0].Tokens;

        Assert.Equal(First(2), First(2));
        Assert.NotEqual(First(1), First(2));
    }

    private static double Change(SproutWeight from, SproutWeight to) =>
        Math.Sqrt(from.Values.Zip(to.Values, (a, b) => Math.Pow(b - a, 2)).Sum() / from.Values.Sum(value => Math.Pow(value, 2)));

    private string At(string name) => Path.Combine(folder.FullName, name);
}
