using System.Numerics.Tensors;
using Republic.Core;

namespace Republic.Bench;

/// <summary>
/// Made-up passages: directions around a few hundred subjects, as texts of a collection have them, and questions that lie near one of
/// them. Always the same.
/// </summary>
internal sealed class Vectors
{
    public const int Length = 384;
    public const int Nearest = 10;
    private const int Subjects = 300;
    private const int QuestionCount = 500;
    private const double Spread = 0.8;

    public Vectors(int count)
    {
        var random = new SeededRandom(20);
        var subjects = Enumerable.Range(0, Subjects).Select(_ => Direction(random, null)).ToArray();
        Passages = [.. Enumerable.Range(0, count).Select(_ => Direction(random, subjects[random.Next(Subjects)]))];
        Questions = [.. Enumerable.Range(0, QuestionCount).Select(_ => Direction(random, Passages[random.Next(count)]))];
    }

    public float[][] Passages { get; }

    public float[][] Questions { get; }

    /// <summary>The places of the nearest passages by 32-bit numbers, every one compared.</summary>
    public int[] Exact(float[] question)
    {
        var similarities = new float[Passages.Length];
        Parallel.For(0, Passages.Length, i => similarities[i] = TensorPrimitives.Dot<float>(Passages[i], question));
        return [.. Enumerable.Range(0, Passages.Length).OrderByDescending(i => similarities[i]).Take(Nearest)];
    }

    private static float[] Direction(SeededRandom random, float[]? near)
    {
        var vector = new float[Length];
        for (var i = 0; i < Length; i++)
        {
            vector[i] = (float)((near?[i] ?? 0) + (Spread * random.NextNormal() / Math.Sqrt(Length)));
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
