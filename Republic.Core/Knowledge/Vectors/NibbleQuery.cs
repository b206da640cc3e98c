using System.Numerics.Tensors;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>A query as <see cref="Int4Vectors"/> are compared with: exact for the last word, in bytes for the first.</summary>
internal sealed class NibbleQuery
{
    private readonly sbyte[] bytes;

    public NibbleQuery(float[] exact)
    {
        Exact = exact;
        bytes = new sbyte[Int4Vectors.Padded(exact.Length)];
        Scale = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(exact)) / sbyte.MaxValue;
        var (norm, lost) = (0.0, 0.0);
        for (var i = 0; i < exact.Length; i++)
        {
            bytes[i] = Scale > 0 ? (sbyte)MathF.Round(exact[i] / Scale) : (sbyte)0;
            Sum += bytes[i];
            var rest = exact[i] - ((double)bytes[i] * Scale);
            (norm, lost) = (norm + ((double)exact[i] * exact[i]), lost + (rest * rest));
        }

        (Norm, Lost) = ((float)Math.Sqrt(norm), (float)Math.Sqrt(lost));
    }

    public float[] Exact { get; }

    public ReadOnlySpan<sbyte> Bytes => bytes;

    /// <summary>What one in <see cref="Bytes"/> stands for.</summary>
    public float Scale { get; }

    /// <summary>Of the bytes.</summary>
    public int Sum { get; }

    public float Norm { get; }

    /// <summary>The norm of what the bytes leave out.</summary>
    public float Lost { get; }
}
