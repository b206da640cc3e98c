using Republic.Sprout.Dialogues;
using Republic.Sprout.Making;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Sprout;

/// <summary>Training the built-in model further.</summary>
public sealed class SproutMakerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_further_run_begins_with_the_model_and_one_that_was_stopped_ends_as_one_that_was_not()
    {
        Make("straight", seed: 2, stop: false);
        Assert.Throws<OperationCanceledException>(() => Make("stopped", seed: 2, stop: true));
        Make("stopped", seed: 2, stop: false);

        var (vocabulary, from) = SproutFile.Load(GgufMutations.SproutPath);
        var (same, made) = SproutFile.Load(At("straight.gguf"));
        Assert.Equal(vocabulary.Tokens, same.Tokens);
        Assert.All(from.All.Zip(made.All), pair => Assert.InRange(Change(pair.First, pair.Second), 1e-7, 0.05));
        Assert.Equal(File.ReadAllBytes(At("straight.gguf")), File.ReadAllBytes(At("stopped.gguf")));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        Assert.Throws<OperationCanceledException>(() => Make("model", seed: 2, stop: true));

        var refusal = Assert.Throws<InvalidDataException>(() => Make("model", seed: 3, stop: true));

        Assert.Contains("belongs to another run", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_lies_between_its_models_and_that_of_one_model_is_the_model()
    {
        Make("trained", seed: 2, stop: false);
        SproutMean.Make([GgufMutations.SproutPath, At("trained.gguf")], At("mean.gguf"));
        SproutMean.Make([At("trained.gguf"), At("trained.gguf")], At("same.gguf"));

        var (from, to, mean) = (Weights(GgufMutations.SproutPath), Weights(At("trained.gguf")), Weights(At("mean.gguf")));
        Assert.Equal(File.ReadAllBytes(At("trained.gguf")), File.ReadAllBytes(At("same.gguf")));
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

    private void Make(string name, long seed, bool stop)
    {
        var maker = new SproutMaker(Corpus.Shared, SproutPlan.Further(steps: 2, seed), At(name + ".checkpoint"), workers: 1)
        {
            From = GgufMutations.SproutPath,
        };
        // A run that is stopped makes the step at hand.
        maker.Run(At(name + ".gguf"), new Progress<SproutProgress>(), new CancellationToken(stop));
    }

    private static double Change(SproutWeight from, SproutWeight to) =>
        Math.Sqrt(from.Values.Zip(to.Values, (a, b) => Math.Pow(b - a, 2)).Sum() / from.Values.Sum(value => Math.Pow(value, 2)));

    private string At(string name) => Path.Combine(folder.FullName, name);
}
