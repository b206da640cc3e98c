using System.Numerics.Tensors;

namespace Republic.Core.Lora.Loop;

/// <summary>The length of all gradients taken as one vector, and the limit on it (Pascanu, Mikolov and Bengio, 2013).</summary>
internal static class GradientNorm
{
    /// <summary>Not a number, or infinite, when any gradient is.</summary>
    public static double Of(IEnumerable<float[]> gradients)
    {
        var sum = 0.0;
        foreach (var gradient in gradients)
        {
            sum += TensorPrimitives.SumOfSquares<float>(gradient);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Shortens all gradients together when they are longer than <paramref name="most"/>; 0 never does.</summary>
    public static void Clip(IEnumerable<float[]> gradients, double norm, double most)
    {
        if (most <= 0 || norm <= most)
        {
            return;
        }

        var factor = (float)(most / norm);
        foreach (var gradient in gradients)
        {
            TensorPrimitives.Multiply(gradient, factor, gradient);
        }
    }
}
