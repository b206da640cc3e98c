namespace Republic.Core.Datasets.Reading;

/// <summary>Bytes that are added at the end and used again and again, so that a million rows cost no garbage.</summary>
internal sealed class ByteBuffer(int capacity = 4096)
{
    private byte[] bytes = new byte[capacity];

    public int Length { get; set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public ReadOnlySpan<byte> Slice(int start, int length) => bytes.AsSpan(start, length);

    /// <summary>Room for that many more; <see cref="Length"/> is to be raised by what was used of it.</summary>
    public Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }

        return bytes.AsSpan(Length);
    }

    public void Append(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Reserve(more.Length));
        Length += more.Length;
    }

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    /// <summary>Gives back what one very long row made it grow to.</summary>
    public void Clear(int most)
    {
        Length = 0;
        if (bytes.Length > most)
        {
            bytes = new byte[capacity];
        }
    }
}
