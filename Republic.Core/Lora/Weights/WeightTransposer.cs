using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Republic.Core.Lora.Graph;
using Tensor = Republic.Core.Lora.Graph.Tensor;

namespace Republic.Core.Lora.Weights;

/// <summary>Transposes a weight of any type into F32, F16 or BF16, some hundred rows at a time.</summary>
internal sealed unsafe class WeightTransposer(ComputeBackend cpu, TensorType type) : IDisposable
{
    private const int RowsAtATime = 256;
    private const int Tile = 32;
    private readonly GraphWorkspace workspace = new(cpu, nodes: 8);
    private float[] rows = [];
    private ushort[] shorts = [];

    /// <param name="from">[inputs, outputs], in memory of the CPU.</param>
    /// <param name="to">[outputs, inputs].</param>
    /// <param name="directly">Whether <paramref name="to"/> lies in memory of the process.</param>
    public void Write(Tensor from, Tensor to, bool directly)
    {
        var staging = directly ? null : NativeMemory.Alloc((nuint)to.Bytes);
        try
        {
            var target = directly ? to.Pointer->data : staging;
            for (var first = 0L; first < from.Shape.B; first += RowsAtATime)
            {
                var count = (int)Math.Min(RowsAtATime, from.Shape.B - first);
                Expand(from, (int)first, count);
                Store(target, (int)from.Shape.A, from.Shape.B, first, count);
            }

            const int piece = 1 << 28;
            for (var at = 0L; !directly && at < to.Bytes; at += piece)
            {
                to.WriteBytes(new((byte*)staging + at, (int)Math.Min(piece, to.Bytes - at)), at);
            }
        }
        finally
        {
            NativeMemory.Free(staging);
        }
    }

    public void Dispose() => workspace.Dispose();

    /// <summary>Taking rows of a table is the one operation that turns every type into F32.</summary>
    private void Expand(Tensor from, int first, int count)
    {
        using var graph = workspace.Begin();
        var taken = graph.Output(graph.Rows(from, graph.Input(Enumerable.Range(first, count).ToArray())));
        graph.Compute();
        if (rows.Length < taken.Count)
        {
            rows = new float[taken.Count];
        }

        taken.Read(rows.AsSpan(0, (int)taken.Count));
    }

    private void Store(void* target, int inputs, long outputs, long first, int count)
    {
        var length = inputs * count;
        if (type == TensorType.F32)
        {
            Transpose<float>(rows.AsSpan(0, length), (float*)target + first, inputs, outputs, count);
            return;
        }

        shorts = shorts.Length < length ? new ushort[length] : shorts;
        if (type == TensorType.F16)
        {
            TensorPrimitives.ConvertToHalf(rows.AsSpan(0, length), MemoryMarshal.Cast<ushort, Half>(shorts.AsSpan(0, length)));
        }
        else
        {
            for (var i = 0; i < length; i++)
            {
                // To the nearest, and to even between two, as ggml rounds.
                var bits = BitConverter.SingleToUInt32Bits(rows[i]);
                shorts[i] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
            }
        }

        Transpose<ushort>(shorts.AsSpan(0, length), (ushort*)target + first, inputs, outputs, count);
    }

    /// <summary>In tiles, because one of the two sides is always read or written far apart.</summary>
    private static void Transpose<T>(ReadOnlySpan<T> from, T* to, int inputs, long outputs, int count)
        where T : unmanaged
    {
        for (var tile = 0; tile < count; tile += Tile)
        {
            var end = Math.Min(tile + Tile, count);
            for (var input = 0; input < inputs; input++)
            {
                var line = to + (input * outputs);
                for (var row = tile; row < end; row++)
                {
                    line[row] = from[(row * inputs) + input];
                }
            }
        }
    }
}
