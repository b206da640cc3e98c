using System.Numerics.Tensors;

namespace Republic.Core.Lora.Loop;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2): m and v are running means of the gradient
/// and of its square, and the decay shrinks the weight itself instead of being added to the gradient. All in 32 bits.
/// The decay is for matrices: of a projection's change it is applied to A and B alike.
/// </summary>
internal sealed class AdamW(IReadOnlyList<int> lengths, float weightDecay, float beta1 = 0.9f, float beta2 = 0.999f)
{
    private const float Epsilon = 1e-8f;
    private readonly float[] change = new float[lengths.Count == 0 ? 0 : lengths.Max()];
    private readonly float[] divisor = new float[lengths.Count == 0 ? 0 : lengths.Max()];

    /// <summary>Updates so far; the first moments are biased towards zero, and by how much depends on it.</summary>
    public int Steps { get; set; }

    public IReadOnlyList<float[]> FirstMoments { get; } = [.. lengths.Select(length => new float[length])];

    public IReadOnlyList<float[]> SecondMoments { get; } = [.. lengths.Select(length => new float[length])];

    /// <summary>Begins one update; <see cref="Update"/> follows for each parameter.</summary>
    public void Advance() => Steps++;

    /// <param name="index">The parameter's place among the lengths given at first.</param>
    public void Update(int index, Span<float> values, ReadOnlySpan<float> gradient, float learningRate)
    {
        var m = FirstMoments[index].AsSpan();
        var v = SecondMoments[index].AsSpan();
        var delta = change.AsSpan(0, values.Length);
        var root = divisor.AsSpan(0, values.Length);
        // m = m + (1 - beta1) (g - m), and v alike with the square.
        TensorPrimitives.Subtract(gradient, m, delta);
        TensorPrimitives.MultiplyAdd(delta, 1 - beta1, m, m);
        TensorPrimitives.Multiply(gradient, gradient, delta);
        TensorPrimitives.Subtract(delta, v, delta);
        TensorPrimitives.MultiplyAdd(delta, 1 - beta2, v, v);

        var unbias1 = 1 / (1 - MathF.Pow(beta1, Steps));
        var unbias2 = 1 / (1 - MathF.Pow(beta2, Steps));
        TensorPrimitives.Multiply(v, unbias2, root);
        TensorPrimitives.Sqrt(root, root);
        TensorPrimitives.Add(root, Epsilon, root);
        TensorPrimitives.Divide(m, root, delta);
        TensorPrimitives.Multiply(values, 1 - (learningRate * weightDecay), values);
        TensorPrimitives.MultiplyAdd(delta, -learningRate * unbias1, values, values);
    }
}
