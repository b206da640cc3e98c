using System.Numerics.Tensors;
using Republic.Core.Lora.Graph;

namespace Republic.Sprout.Making;

/// <summary>
/// The update of a matrix by its orthogonalised momentum (Muon: Jordan and others, 2024): all singular values of the update
/// become about 1, so that directions that are rare in the gradient are learned as fast as the common ones. The momentum's
/// polar factor comes from five steps of Newton and Schulz's iteration, computed through ggml.
/// </summary>
internal sealed class Muon : IDisposable
{
    public const float Momentum = 0.95f;
    private const int Iterations = 5;
    private const float Epsilon = 1e-7f;

    // An odd polynomial of degree five whose slope at 0 is as steep as it can be while it stays near 1 above it.
    private static readonly (float A, float B, float C) Polynomial = (3.4445f, -4.7750f, 2.0315f);
    private readonly ComputeBackend backend = ComputeBackend.Cpu(threads: 1);
    private readonly GraphWorkspace workspace;

    public Muon() => workspace = new GraphWorkspace(backend, nodes: 256);

    /// <summary>Adds the gradient to the momentum and writes into <paramref name="update"/> the nearest matrix whose singular values are about 1.</summary>
    /// <param name="inputs">Length of a row.</param>
    /// <param name="momentum">[outputs × inputs], kept between steps.</param>
    public void Step(int inputs, ReadOnlySpan<float> gradient, Span<float> momentum, float[] update)
    {
        TensorPrimitives.MultiplyAdd(momentum, Momentum, gradient, momentum);
        // Nesterov's: one step ahead.
        TensorPrimitives.MultiplyAdd(momentum, Momentum, gradient, update);
        Orthogonalise(update, inputs);
    }

    /// <summary>In place.</summary>
    public void Orthogonalise(float[] matrix, int inputs)
    {
        var norm = TensorPrimitives.Norm<float>(matrix);
        TensorPrimitives.Multiply(matrix, 1 / (norm + Epsilon), matrix);
        var outputs = matrix.Length / inputs;
        using var graph = workspace.Begin();
        var x = graph.Input(matrix, new TensorShape(inputs, outputs));
        // The shorter side is squared.
        var isTall = outputs > inputs;
        x = isTall ? graph.Transposed(x) : x;
        for (var i = 0; i < Iterations; i++)
        {
            var square = graph.MatMul(graph.Cast(x, TensorType.BF16), x);
            var fourth = graph.MatMul(graph.Cast(square, TensorType.BF16), square);
            var sum = graph.Add(graph.Scale(square, Polynomial.B), graph.Scale(fourth, Polynomial.C));
            x = graph.Add(graph.Scale(x, Polynomial.A), graph.MatMul(graph.Cast(graph.Transpose(x), TensorType.BF16), sum));
        }

        var result = graph.Output(isTall ? graph.Transposed(x) : x);
        graph.Compute();
        result.Read(matrix);
    }

    public void Dispose()
    {
        workspace.Dispose();
        backend.Dispose();
    }
}
