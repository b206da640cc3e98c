using System.Security.Cryptography;

namespace Republic.Core.Backups.Sealing;

/// <summary>Reads what a <see cref="SealingStream"/> wrote, from any position: each chunk opens by itself.</summary>
internal sealed class SealedStream : Stream
{
    private const int BoxBytes = ChunkCipher.ChunkBytes + ChunkCipher.TagBytes;

    private readonly Stream from;
    private readonly ChunkCipher cipher;
    private readonly byte[] chunk = new byte[ChunkCipher.ChunkBytes];
    private readonly byte[] box = new byte[BoxBytes];
    private readonly long chunks;
    private long opened = -1;
    private long position;

    /// <exception cref="CryptographicException">It was cut, or its end changed.</exception>
    public SealedStream(Stream from, ChunkCipher cipher)
    {
        (this.from, this.cipher) = (from, cipher);
        var bytes = from.Length - ChunkCipher.HeaderBytes;
        chunks = (bytes + BoxBytes - 1) / BoxBytes;
        Length = bytes - (chunks * ChunkCipher.TagBytes);
        if (chunks == 0 || bytes - ((chunks - 1) * BoxBytes) < ChunkCipher.TagBytes)
        {
            throw new CryptographicException("The file ends in the middle of a chunk.");
        }

        OpenChunk(chunks - 1);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        OpenChunk(position / ChunkCipher.ChunkBytes);
        var at = (int)(position % ChunkCipher.ChunkBytes);
        var bytes = (int)Math.Min(Math.Min(buffer.Length, ChunkCipher.ChunkBytes - at), Length - position);
        chunk.AsSpan(at, bytes).CopyTo(buffer);
        position += bytes;
        return bytes;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            from.Dispose();
        }

        base.Dispose(disposing);
    }

    private void OpenChunk(long number)
    {
        if (number == opened)
        {
            return;
        }

        from.Position = ChunkCipher.HeaderBytes + (number * BoxBytes);
        var bytes = from.ReadAtLeast(box, box.Length, throwOnEndOfStream: false);
        opened = -1;
        cipher.Open(number, number == chunks - 1, box.AsSpan(0, bytes), chunk);
        opened = number;
    }
}
