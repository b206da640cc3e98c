using System.Numerics.Tensors;

namespace Republic.Core.Inference.Generation;

/// <summary>How likely a token was to the model itself, before temperature, penalties, biases and grammars.</summary>
/// <param name="Bytes">What it stands for, which need not be whole characters.</param>
/// <param name="Logarithm">The natural logarithm of its probability.</param>
/// <param name="Likeliest">The likeliest tokens in its place, the likeliest first.</param>
internal sealed record TokenLikelihood(byte[] Bytes, float Logarithm, IReadOnlyList<TokenLikelihood> Likeliest)
{
    /// <param name="logits">Of the whole vocabulary.</param>
    /// <param name="most">How many of the likeliest tokens are wanted.</param>
    public static TokenLikelihood Of(ReadOnlySpan<float> logits, int token, int most, Func<int, byte[]> bytes)
    {
        var largest = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        var normal = largest + (float)Math.Log(sum);
        var likeliest = new List<TokenLikelihood>(most);
        foreach (var other in Largest(logits, most))
        {
            likeliest.Add(new TokenLikelihood(bytes(other), logits[other] - normal, []));
        }

        return new TokenLikelihood(bytes(token), logits[token] - normal, likeliest);
    }

    private static List<int> Largest(ReadOnlySpan<float> logits, int most)
    {
        var queue = new PriorityQueue<int, float>();
        for (var token = 0; token < logits.Length && most > 0; token++)
        {
            if (queue.Count < most)
            {
                queue.Enqueue(token, logits[token]);
            }
            else if (queue.TryPeek(out _, out var least) && logits[token] > least)
            {
                queue.EnqueueDequeue(token, logits[token]);
            }
        }

        List<int> found = [];
        while (queue.TryDequeue(out var token, out _))
        {
            found.Insert(0, token);
        }

        return found;
    }
}
