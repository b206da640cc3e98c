using System.Numerics.Tensors;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Graph;
using Tensor = Republic.Core.Lora.Graph.Tensor;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// The two trained matrices of one projection. On the device B lies transposed, [outputs, rank]: then all products with it
/// and its gradient are outer products over the rank, or dot products over the outputs, and none needs a transposition.
/// </summary>
internal sealed class LowRankPair
{
    private readonly float[] staging;
    private readonly float[] gradient;

    public LowRankPair(TensorStore store, string weight, int inputs, int outputs, int rank)
    {
        A = new($"{weight}.lora_a", rank, inputs, new float[rank * inputs], new float[rank * inputs]);
        B = new($"{weight}.lora_b", outputs, rank, new float[outputs * rank], new float[outputs * rank]);
        DeviceA = store.Add(TensorType.F32, new(inputs, rank), A.Name);
        DeviceB = store.Add(TensorType.F32, new(outputs, rank), B.Name);
        staging = new float[outputs * rank];
        gradient = new float[Math.Max(inputs, outputs) * rank];
    }

    public LoraParameter A { get; }

    public LoraParameter B { get; }

    /// <summary>[inputs, rank].</summary>
    public Tensor DeviceA { get; }

    /// <summary>[outputs, rank]: B transposed.</summary>
    public Tensor DeviceB { get; }

    /// <summary>A is uniform within ±1/√inputs, as PyTorch's linear layers and PEFT begin; B is 0, so that nothing changes at first.</summary>
    public void Initialize(SeededRandom random)
    {
        var bound = 1 / Math.Sqrt(A.Columns);
        for (var i = 0; i < A.Values.Length; i++)
        {
            A.Values[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
        }
    }

    public void Upload()
    {
        DeviceA.Write(A.Values);
        Transpose(B.Values, staging, B.Rows, B.Columns);
        DeviceB.Write(staging);
    }

    /// <summary>Adds what a backward pass computed, as laid out on the device, to the gradients.</summary>
    public void Collect(Tensor gradientOfA, Tensor gradientOfB, float scale)
    {
        var a = gradient.AsSpan(0, A.Values.Length);
        gradientOfA.Read(a);
        TensorPrimitives.MultiplyAdd(a, scale, A.Gradient, A.Gradient);
        var b = gradient.AsSpan(0, B.Values.Length);
        gradientOfB.Read(b);
        Transpose(b, staging, B.Columns, B.Rows);
        TensorPrimitives.MultiplyAdd(staging, scale, B.Gradient, B.Gradient);
    }

    private static void Transpose(ReadOnlySpan<float> from, Span<float> to, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                to[(column * rows) + row] = from[(row * columns) + column];
            }
        }
    }
}
