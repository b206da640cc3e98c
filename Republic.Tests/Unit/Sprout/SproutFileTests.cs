using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Sprout.Making;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The model's file, read back to be trained further.</summary>
public sealed class SproutFileTests : IDisposable
{
    private static readonly Vocabulary Vocabulary = new([("t", "h"), ("th", "e"), ("Ġ", "the")]);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read_as_it_stands_there()
    {
        var weights = SproutWeights.Random(Shape(), seed: 3);
        SproutFile.Save(weights, Vocabulary, At("first.gguf"));

        var (vocabulary, read) = SproutFile.Load(At("first.gguf"));
        SproutFile.Save(read, vocabulary, At("second.gguf"));

        Assert.Equal(Vocabulary.Tokens, vocabulary.Tokens);
        Assert.Equal(Vocabulary.Merges, vocabulary.Merges);
        Assert.All(
            weights.All.Zip(read.All),
            pair => Assert.Equal(pair.First.Values.Select(value => Stored(pair.First, value)), pair.Second.Values)
        );
        Assert.Equal(File.ReadAllBytes(At("first.gguf")), File.ReadAllBytes(At("second.gguf")));
    }

    [Fact]
    public void The_model_that_is_built_in_can_be_trained_further()
    {
        var (vocabulary, weights) = SproutFile.Load(GgufMutations.SproutPath);

        Assert.Equal(SproutMaker.VocabularySize, vocabulary.Tokens.Count);
        Assert.All(weights.All, weight => Assert.Contains(weight.Values, value => value != 0));
    }

    [Fact]
    public void A_model_of_another_shape_is_refused()
    {
        SproutFile.Save(SproutWeights.Random(Shape() with { FeedForward = 320 }, seed: 3), Vocabulary, At("narrow.gguf"));

        var refusal = Assert.Throws<LoraException>(() => SproutFile.Load(At("narrow.gguf")));

        Assert.Contains("llama.feed_forward_length is another", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--from", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_make_is_refused()
    {
        var other = TinyModels.Write(folder.FullName, TinyModelShape.Llama);

        Assert.Contains(
            "cannot be trained further",
            Assert.Throws<LoraException>(() => SproutFile.Load(other)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_without_its_vocabulary_is_refused()
    {
        var writer = new GgufWriter();
        writer.Set("general.architecture", "llama");
        writer.Save(At("bare.gguf"));

        Assert.Contains(
            "no list of pairs",
            Assert.Throws<LoraException>(() => SproutFile.Load(At("bare.gguf"))).Message,
            StringComparison.Ordinal
        );
    }

    private static SproutShape Shape() => new(Vocabulary.Tokens.Count);

    private static float Stored(SproutWeight weight, float value) => weight.IsNorm ? value : (float)(Half)value;

    private string At(string name) => Path.Combine(folder.FullName, name);
}
