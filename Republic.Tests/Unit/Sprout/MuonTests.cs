using System.Numerics.Tensors;
using Republic.Core;
using Republic.Sprout.Making;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The update of a matrix by its orthogonalised momentum.</summary>
public sealed class MuonTests
{
    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 32)]
    [InlineData(32, 96)]
    public void Every_singular_value_of_an_update_is_near_1(int inputs, int outputs)
    {
        using var muon = new Muon();
        var update = Normal(inputs * outputs, seed: 3);
        // One direction is much stronger than all others, as gradients are.
        AddRankOne(update, inputs, size: 20);

        muon.Orthogonalise(update, inputs);

        var gram = SmallerGram(update, inputs);
        var side = Math.Min(inputs, outputs);
        Assert.InRange(Enumerable.Range(0, side).Average(i => gram[i, i]), 0.5, 1.3);
        Assert.InRange(LargestEigenvalue(gram), 0.5, 1.6);
    }

    [Fact]
    public void An_update_keeps_the_directions_of_the_momentum()
    {
        using var muon = new Muon();
        var momentum = Normal(64 * 32, seed: 4);
        var update = momentum.ToArray();

        muon.Orthogonalise(update, 64);

        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(momentum, update), 0.7f, 1f);
    }

    [Fact]
    public void Momentum_gathers_what_gradients_agree_on()
    {
        using var muon = new Muon();
        var (gradient, momentum, update) = (Normal(32 * 32, seed: 5), new float[32 * 32], new float[32 * 32]);

        muon.Step(32, gradient, momentum, update);
        muon.Step(32, gradient, momentum, update);

        Assert.All(momentum.Zip(gradient), pair => Assert.Equal(pair.Second * (1 + Muon.Momentum), pair.First, 1e-4f));
    }

    private static float[] Normal(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }

    private static void AddRankOne(float[] matrix, int inputs, float size)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] += size * MathF.Cos(i % inputs) * MathF.Sin(i / inputs);
        }
    }

    private static double[,] SmallerGram(float[] matrix, int inputs)
    {
        var outputs = matrix.Length / inputs;
        var (side, other) = (Math.Min(inputs, outputs), Math.Max(inputs, outputs));
        double At(int small, int large) => outputs <= inputs ? matrix[(small * inputs) + large] : matrix[(large * inputs) + small];
        var gram = new double[side, side];
        for (var i = 0; i < side; i++)
        {
            for (var j = 0; j < side; j++)
            {
                gram[i, j] = Enumerable.Range(0, other).Sum(k => At(i, k) * At(j, k));
            }
        }

        return gram;
    }

    private static double LargestEigenvalue(double[,] gram)
    {
        var side = gram.GetLength(0);
        var vector = Enumerable.Range(0, side).Select(i => 1.0 + (i % 3)).ToArray();
        var length = 0.0;
        for (var step = 0; step < 200; step++)
        {
            vector = [.. Enumerable.Range(0, side).Select(i => Enumerable.Range(0, side).Sum(j => gram[i, j] * vector[j]))];
            length = Math.Sqrt(vector.Sum(value => value * value));
            vector = [.. vector.Select(value => value / length)];
        }

        return length;
    }
}
