using Republic.Core;

namespace Republic.Sprout.Making;

/// <summary>All weights of a model, in 32 bits.</summary>
internal sealed class SproutWeights
{
    public const string Embedding = "token_embd.weight";
    public const string LastNorm = "output_norm.weight";
    private const float Deviation = 0.03f;

    public SproutWeights(SproutShape shape)
    {
        Shape = shape;
        List<SproutWeight> all = [new(Embedding, shape.Width, shape.Vocabulary)];
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            all.Add(new(Name(layer, "attn_norm"), shape.Width, 1));
            all.Add(new(Name(layer, "attn_q"), shape.Width, shape.Width));
            all.Add(new(Name(layer, "attn_k"), shape.Width, shape.KeyWidth));
            all.Add(new(Name(layer, "attn_v"), shape.Width, shape.KeyWidth));
            all.Add(new(Name(layer, "attn_output"), shape.Width, shape.Width));
            all.Add(new(Name(layer, "ffn_norm"), shape.Width, 1));
            all.Add(new(Name(layer, "ffn_gate"), shape.Width, shape.FeedForward));
            all.Add(new(Name(layer, "ffn_up"), shape.Width, shape.FeedForward));
            all.Add(new(Name(layer, "ffn_down"), shape.FeedForward, shape.Width));
        }

        All = [.. all, new(LastNorm, shape.Width, 1)];
    }

    public SproutShape Shape { get; }

    public IReadOnlyList<SproutWeight> All { get; }

    public static string Name(int layer, string part) => $"blk.{layer}.{part}.weight";

    /// <summary>
    /// Norms begin at 1, matrices near 0. What writes into the residual stream begins smaller, by the number of writers
    /// (GPT-2, section 2.3).
    /// </summary>
    public static SproutWeights Random(SproutShape shape, long seed)
    {
        var weights = new SproutWeights(shape);
        var random = SeededRandom.For(seed, purpose: 1);
        foreach (var weight in weights.All)
        {
            var isWriter =
                weight.Name.Contains("attn_output", StringComparison.Ordinal) || weight.Name.Contains("ffn_down", StringComparison.Ordinal);
            var deviation = isWriter ? Deviation / MathF.Sqrt(2 * shape.Layers) : Deviation;
            for (var i = 0; i < weight.Values.Length; i++)
            {
                weight.Values[i] = weight.IsNorm ? 1 : (float)random.NextNormal() * deviation;
            }
        }

        return weights;
    }

    /// <summary>As <see cref="Random"/>, with a circuit for copying in the first two layers.</summary>
    public static SproutWeights Copying(SproutShape shape, long seed)
    {
        var weights = Random(shape, seed);
        new CopyingStart(weights, SeededRandom.For(seed, purpose: 4)).Apply();
        return weights;
    }
}
