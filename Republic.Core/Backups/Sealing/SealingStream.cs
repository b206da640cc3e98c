namespace Republic.Core.Backups.Sealing;

/// <summary>Seals what is written to it, chunk by chunk. What it wrote opens only after <see cref="Complete"/>.</summary>
internal sealed class SealingStream : OutputStream
{
    private readonly Stream to;
    private readonly ChunkCipher cipher;
    private readonly byte[] chunk = new byte[ChunkCipher.ChunkBytes];
    private readonly byte[] box = new byte[ChunkCipher.ChunkBytes + ChunkCipher.TagBytes];
    private int filled;
    private long number;

    public SealingStream(Stream to, ChunkCipher cipher)
    {
        (this.to, this.cipher) = (to, cipher);
        to.Write(cipher.Header);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // A full chunk waits until more comes: which one is the last is known only then.
            if (filled == chunk.Length)
            {
                WriteChunk(isLast: false);
            }

            var bytes = Math.Min(buffer.Length, chunk.Length - filled);
            buffer[..bytes].CopyTo(chunk.AsSpan(filled));
            filled += bytes;
            buffer = buffer[bytes..];
        }
    }

    public void Complete() => WriteChunk(isLast: true);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteChunk(bool isLast)
    {
        cipher.Seal(number++, isLast, chunk.AsSpan(0, filled), box);
        to.Write(box.AsSpan(0, filled + ChunkCipher.TagBytes));
        filled = 0;
    }
}
