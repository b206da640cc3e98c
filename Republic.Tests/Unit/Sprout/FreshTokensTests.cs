using System.Numerics.Tensors;
using Republic.Core;
using Republic.Sprout.Making;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Sprout;

/// <summary>Letters that a model never met.</summary>
public sealed class FreshTokensTests
{
    private static readonly int[] Cyrillic = [Vocabulary.Controls + 0xD0, Vocabulary.Controls + 0x92, Vocabulary.Controls + 0xBB];
    private readonly SproutWeight embedding;
    private readonly SproutWeights weights;

    public FreshTokensTests()
    {
        (_, weights) = SproutFile.Load(GgufMutations.SproutPath);
        embedding = weights.All.Single(weight => weight.Name == SproutWeights.Embedding);
    }

    [Fact]
    public void Those_that_share_a_vector_get_each_their_own_and_nothing_else_changes()
    {
        Row(Cyrillic[0]).CopyTo(Row(Cyrillic[1]));
        Row(Cyrillic[0]).CopyTo(Row(Cyrillic[2]));
        var before = embedding.Values.ToArray();

        Assert.Equal(3, new FreshTokens(weights, new SeededRandom(1)).Apply([.. Cyrillic, Vocabulary.Controls + 'a', 900]));

        Assert.All(
            Enumerable.Range(0, embedding.Outputs).Except(Cyrillic),
            token => Assert.True(Row(token).SequenceEqual(before.AsSpan(token * embedding.Inputs, embedding.Inputs)))
        );
        var usual = Enumerable.Range(300, 1000).Average(token => TensorPrimitives.Norm<float>(Row(token)));
        foreach (var (one, other) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            Assert.InRange(TensorPrimitives.CosineSimilarity<float>(Row(Cyrillic[one]), Row(Cyrillic[other])), -0.5f, 0.6f);
            Assert.InRange(TensorPrimitives.Norm<float>(Row(Cyrillic[one])), usual * 0.7f, usual * 1.4f);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_vectors_and_another_seed_others()
    {
        var before = embedding.Values.ToArray();
        float[] First(ulong seed)
        {
            before.CopyTo(embedding.Values.AsSpan());
            Row(Cyrillic[0]).CopyTo(Row(Cyrillic[1]));
            new FreshTokens(weights, new SeededRandom(seed)).Apply(Cyrillic);
            return Row(Cyrillic[0]).ToArray();
        }

        Assert.Equal(First(1), First(1));
        Assert.NotEqual(First(1), First(2));
    }

    [Fact]
    public void The_built_in_model_has_met_the_letters_of_every_script()
    {
        var (vocabulary, _) = SproutFile.Load(GgufMutations.SproutPath);
        var letters = vocabulary.Encode("üñçřłø ДмитрийЖенюя ΓιώργοςΣ محمدفاطمة יוסףרבקה राहुलप्रिया 王小明李娜 さくらマリア 김민준이서연");

        Assert.Equal(0, new FreshTokens(weights, new SeededRandom(1)).Apply(letters));
    }

    private Span<float> Row(int token) => embedding.Values.AsSpan(token * embedding.Inputs, embedding.Inputs);
}
