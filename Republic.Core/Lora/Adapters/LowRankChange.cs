using System.Numerics.Tensors;
using Republic.Core.Lora.Graph;
using Tensor = Republic.Core.Lora.Graph.Tensor;

namespace Republic.Core.Lora.Adapters;

/// <summary>One weight and what an adapter adds to it, row by row as 32-bit numbers: W + alpha / rank · B·A.</summary>
internal sealed class LowRankChange
{
    private readonly GraphWorkspace workspace;
    private readonly Tensor weight;
    private readonly float[] a;
    private readonly float[] b;
    private readonly float scale;

    /// <param name="scale">Alpha / rank, times what the user multiplies it by.</param>
    public LowRankChange(GraphWorkspace workspace, Tensor weight, (Tensor A, Tensor B) factors, float scale)
    {
        (this.workspace, this.weight, this.scale) = (workspace, weight, scale);
        Inputs = (int)weight.Shape.A;
        Outputs = (int)weight.Shape.B;
        Rank = (int)factors.A.Shape.B;
        a = Numbers(factors.A, 0, Rank);
        b = Numbers(factors.B, 0, Outputs);
        if (!float.IsFinite(TensorPrimitives.MaxMagnitude(a)) || !float.IsFinite(TensorPrimitives.MaxMagnitude(b)))
        {
            throw new LoraException("The adapter holds numbers that are none (NaN or infinite). It is damaged: train it again.");
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public int Rank { get; }

    /// <returns>[inputs × count] numbers.</returns>
    public float[] Rows(int first, int count)
    {
        var rows = Numbers(weight, first, count);
        for (var row = 0; row < count; row++)
        {
            var sum = rows.AsSpan(row * Inputs, Inputs);
            for (var k = 0; k < Rank; k++)
            {
                TensorPrimitives.MultiplyAdd(a.AsSpan(k * Inputs, Inputs), scale * b[((first + row) * Rank) + k], sum, sum);
            }
        }

        return rows;
    }

    /// <summary>Looking rows up is how ggml turns any of its types into 32-bit numbers.</summary>
    private float[] Numbers(Tensor table, int first, int count)
    {
        using var graph = workspace.Begin();
        var rows = graph.Output(graph.Rows(table, graph.Input(Enumerable.Range(first, count).ToArray())));
        graph.Compute();
        var numbers = new float[table.Shape.A * count];
        rows.Read(numbers);
        return numbers;
    }
}
