using System.Numerics.Tensors;

namespace Republic.Core.Lora.Layers;

/// <summary>The loss of one prediction.</summary>
internal static class CrossEntropy
{
    /// <summary>−log softmax(logits)[target], in nats.</summary>
    public static double Of(ReadOnlySpan<float> logits, int target)
    {
        var copy = logits.ToArray();
        return Turn(copy, target);
    }

    /// <summary>As <see cref="Of"/>; turns the logits into the loss's gradient, softmax(logits) − onehot(target).</summary>
    public static double Turn(Span<float> logits, int target)
    {
        var highest = TensorPrimitives.Max<float>(logits);
        var wanted = logits[target];
        TensorPrimitives.Subtract(logits, highest, logits);
        TensorPrimitives.Exp<float>(logits, logits);
        var sum = TensorPrimitives.Sum<float>(logits);
        TensorPrimitives.Divide(logits, sum, logits);
        logits[target] -= 1;
        return Math.Log(sum) + highest - wanted;
    }
}
