using System.Numerics.Tensors;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>The vectors of one document's passages, at one revision.</summary>
internal sealed class DocumentVectors
{
    private readonly float[] exact;

    public DocumentVectors(Guid document, int revision, Guid[] passages, float[] exact)
    {
        (Document, Revision, Passages, this.exact) = (document, revision, passages, exact);
        Length = passages.Length == 0 ? 0 : exact.Length / passages.Length;
    }

    public Guid Document { get; }

    public int Revision { get; }

    public Guid[] Passages { get; }

    /// <summary>How many numbers a vector has; 0 where there is none.</summary>
    public int Length { get; }

    public long Bytes => Passages.LongLength * BytesOf(Length);

    /// <summary>What a passage takes: its id and its vector.</summary>
    public static long BytesOf(int length) => 16 + ((long)length * sizeof(float));

    public float Similarity(int row, ReadOnlySpan<float> query) => TensorPrimitives.Dot(Vector(row), query);

    public ReadOnlySpan<float> Vector(int row) => exact.AsSpan(row * Length, Length);
}
