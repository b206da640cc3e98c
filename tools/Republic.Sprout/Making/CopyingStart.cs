using System.Numerics.Tensors;
using Republic.Core;

namespace Republic.Sprout.Making;

/// <summary>
/// Gives a new model one half of the circuit that copies what stood there before (Olsson and others, "In-context learning
/// and induction heads", 2022): a head of the first layer that tells each position which token stands before it. The other
/// half, a head that looks for the place where the present token stood before, is learned quickly once there is something
/// to look for; without either half a small model needs many millions of tokens to find both.
/// </summary>
internal sealed class CopyingStart(SproutWeights weights, SeededRandom random)
{
    /// <summary>The part of the residual stream that tells of the token before: no embedding writes there at first.</summary>
    private const int Told = 64;
    private const float Constant = 0.12f;
    private const float Deviation = 0.03f;
    private const float Sharpness = 1.4f;
    private const float Message = 0.04f;

    /// <summary>The fastest rotations: the slow ones hardly tell one position from the next.</summary>
    private const int Pairs = 12;
    private readonly SproutShape shape = weights.Shape;

    /// <summary>Numbers of the embedding that tell tokens apart; number 0 is the same for all.</summary>
    private int Distinct => shape.Width - Told;

    public void Apply()
    {
        Embeddings();
        var projection = Projection();
        TokenBefore(projection);
    }

    private void Embeddings()
    {
        var embedding = The(SproutWeights.Embedding);
        for (var token = 0; token < shape.Vocabulary; token++)
        {
            var row = embedding.Values.AsSpan(token * shape.Width, shape.Width);
            row[Distinct..].Clear();
            row[0] = 0;
            // All of one length, so that the constant is as large beside each of them.
            TensorPrimitives.Multiply(row, Deviation * MathF.Sqrt(Distinct - 1) / TensorPrimitives.Norm<float>(row), row);
            row[0] = Constant;
        }
    }

    /// <summary>Constant queries and keys, whose rotations agree best one position apart.</summary>
    private void TokenBefore(float[][] projection)
    {
        var (query, key) = (Head("attn_q", 0), Head("attn_k", 0));
        for (var pair = 0; pair < shape.HeadLength / 2; pair++)
        {
            var angle = Math.Pow(SproutShape.RopeBase, -2.0 * pair / shape.HeadLength);
            // What random numbers the rows had would only blur the attention.
            query(2 * pair).Clear();
            query((2 * pair) + 1).Clear();
            key(2 * pair).Clear();
            key((2 * pair) + 1).Clear();
            if (pair >= Pairs)
            {
                continue;
            }

            query(2 * pair)[0] = Sharpness;
            key(2 * pair)[0] = Sharpness * (float)Math.Cos(angle);
            key((2 * pair) + 1)[0] = Sharpness * (float)Math.Sin(angle);
        }

        var value = Head("attn_v", 0);
        var output = The(SproutWeights.Name(0, "attn_output"));
        for (var number = 0; number < shape.HeadLength; number++)
        {
            projection[number].CopyTo(value(number));
            for (var row = 0; row < shape.Width; row++)
            {
                output.Values[(row * shape.Width) + number] = row == Distinct + number ? Message : 0;
            }
        }
    }

    /// <summary>Random directions among the numbers that tell tokens apart.</summary>
    private float[][] Projection() =>
        [
            .. Enumerable
                .Range(0, shape.HeadLength)
                .Select(_ =>
                    Enumerable
                        .Range(0, shape.Width)
                        .Select(i => i > 0 && i < Distinct ? (float)(random.NextNormal() / Math.Sqrt(Distinct)) : 0)
                        .ToArray()
                ),
        ];

    private SproutWeight The(string name) => weights.All.Single(weight => weight.Name == name);

    /// <summary>The rows of a layer's first head.</summary>
    private Row Head(string part, int layer)
    {
        var weight = The(SproutWeights.Name(layer, part));
        return number => weight.Values.AsSpan(number * weight.Inputs, weight.Inputs);
    }

    private delegate Span<float> Row(int number);
}
