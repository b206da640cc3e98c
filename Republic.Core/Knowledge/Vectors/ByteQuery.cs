using System.Numerics.Tensors;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>A query as rows of bytes are compared with: exact for the last word, in bytes for the first.</summary>
internal sealed class ByteQuery
{
    private readonly sbyte[] bytes;
    private readonly float scale;
    private readonly int lift;

    public ByteQuery(float[] exact)
    {
        Exact = exact;
        bytes = new sbyte[ByteRows.Padded(exact.Length)];
        var most = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(exact));
        scale = most / sbyte.MaxValue;
        for (var i = 0; i < exact.Length && scale > 0; i++)
        {
            bytes[i] = (sbyte)MathF.Round(exact[i] / scale);
        }

        lift = ByteRows.Zero * bytes.Sum(value => value);
    }

    public float[] Exact { get; }

    /// <summary>About the cosine with a row of <see cref="ByteRows"/>.</summary>
    public float Nearness(ReadOnlySpan<byte> row, float rowScale) => (ByteDot.Sum(row, bytes) - lift) * (rowScale * scale);
}
