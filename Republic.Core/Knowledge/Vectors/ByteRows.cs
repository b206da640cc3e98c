using System.Numerics.Tensors;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>Vectors in a byte for each number, with a scale of its own for each vector: a quarter of the memory to read.</summary>
internal sealed class ByteRows
{
    /// <summary>The byte that stands for 0: processors multiply unsigned with signed bytes, so rows are lifted by this.</summary>
    public const byte Zero = 128;

    private readonly byte[] bytes;
    private readonly float[] scales;
    private readonly int stride;

    public ByteRows(ReadOnlySpan<float> exact, int length)
    {
        stride = Padded(length);
        Count = exact.Length / length;
        bytes = new byte[Count * stride];
        scales = new float[Count];
        Array.Fill(bytes, Zero);
        for (var row = 0; row < Count; row++)
        {
            var vector = exact.Slice(row * length, length);
            var scale = MathF.Abs(TensorPrimitives.MaxMagnitude(vector)) / sbyte.MaxValue;
            scales[row] = scale;
            for (var i = 0; i < length && scale > 0; i++)
            {
                bytes[(row * stride) + i] = (byte)(Zero + (int)MathF.Round(vector[i] / scale));
            }
        }
    }

    public int Count { get; }

    public long Bytes => bytes.LongLength + (scales.LongLength * sizeof(float));

    public static int Padded(int length) => (length + ByteDot.Step - 1) / ByteDot.Step * ByteDot.Step;

    public void Scan(ByteQuery query, NearestRows nearest, int segment)
    {
        var least = nearest.Least;
        for (var row = 0; row < Count; row++)
        {
            var nearness = query.Nearness(bytes.AsSpan(row * stride, stride), scales[row]);
            if (nearness > least)
            {
                nearest.Add(segment, row, nearness);
                least = nearest.Least;
            }
        }
    }
}
