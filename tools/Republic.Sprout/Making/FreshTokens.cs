using System.Numerics.Tensors;
using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>
/// Gives each token that a model never met a vector of its own. Training pushes all that never come in the same direction, until their
/// vectors are one and the same: then no amount of copying tells ü from ж (Land and Bartolo, arXiv 2405.05417, on tokens left untrained).
/// </summary>
internal sealed class FreshTokens(SproutWeights weights, SeededRandom random)
{
    /// <summary>Tokens that are met differ far more: the letters of the alphabet have a cosine of 0.2 on average.</summary>
    private const float Same = 0.95f;

    /// <summary>Of so many tokens a new vector is mixed: it lies where vectors lie, and near none of them.</summary>
    private const int Mixed = 32;
    private readonly SproutWeight embedding = weights.All.Single(weight => weight.Name == SproutWeights.Embedding);

    /// <param name="used">Tokens that the model is going to meet.</param>
    /// <returns>How many got a new vector.</returns>
    public int Apply(IEnumerable<int> used)
    {
        var alike = used.Distinct()
            .Order()
            .Where(IsByte)
            .Where(token => Bytes.Any(other => other != token && Cosine(token, other) > Same))
            .ToList();
        var met = Enumerable.Range(0, embedding.Outputs).Where(token => !IsByte(token)).ToArray();
        var mean = new float[embedding.Inputs];
        foreach (var token in met)
        {
            TensorPrimitives.MultiplyAdd(Row(token), 1f / met.Length, mean, mean);
        }

        foreach (var fresh in alike.ConvertAll(token => (token, Mixture: Mix(met, mean))))
        {
            fresh.Mixture.CopyTo(Row(fresh.token));
        }

        return alike.Count;
    }

    private static IEnumerable<int> Bytes => Enumerable.Range(Vocabulary.Controls, 256);

    private static bool IsByte(int token) => token is >= Vocabulary.Controls and < Vocabulary.Controls + 256;

    /// <summary>What all vectors have in common, and a mixture of what some have each, with signs drawn.</summary>
    private float[] Mix(int[] met, float[] mean)
    {
        var mixture = mean.ToArray();
        for (var i = 0; i < Mixed; i++)
        {
            var share = (random.Next(2) == 0 ? 1 : -1) / MathF.Sqrt(Mixed);
            var row = Row(met[random.Next(met.Length)]);
            TensorPrimitives.MultiplyAdd(row, share, mixture, mixture);
            TensorPrimitives.MultiplyAdd(mean, -share, mixture, mixture);
        }

        return mixture;
    }

    private float Cosine(int one, int other) => TensorPrimitives.CosineSimilarity<float>(Row(one), Row(other));

    private Span<float> Row(int token) => embedding.Values.AsSpan(token * embedding.Inputs, embedding.Inputs);
}
