namespace Republic.Web.Api.OpenAi;

/// <summary>Sends on what is written, and remembers it as long as it is not too much.</summary>
internal sealed class RecordedBody(Stream to, int mostBytes) : Stream
{
    private MemoryStream? record = new();

    /// <summary>Null: it was too much.</summary>
    public byte[]? Recorded => record?.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (record?.Length + buffer.Length > mostBytes)
        {
            record = null;
        }

        record?.Write(buffer.Span);
        await to.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
