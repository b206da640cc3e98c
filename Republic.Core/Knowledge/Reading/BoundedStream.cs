namespace Republic.Core.Knowledge.Reading;

/// <summary>XML as it is unpacked: refused when more comes than may, or a single name or text has no end.</summary>
internal sealed class BoundedStream(Stream below, long most) : ForwardStream(below)
{
    private const int LongestPiece = 1 << 20;
    private long left = most;
    private int piece;

    public override int Read(byte[] buffer, int offset, int count) => Counted(buffer.AsSpan(offset, Below.Read(buffer, offset, count)));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(buffer[..await Below.ReadAsync(buffer, cancellationToken)].Span);

    private int Counted(ReadOnlySpan<byte> came)
    {
        left -= came.Length;
        if (left < 0)
        {
            throw new UnreadableException(
                "The file unpacks to more than a document can be. Save it again in its own program, and upload that."
            );
        }

        var last = came.LastIndexOf((byte)'<');
        piece = last < 0 ? piece + came.Length : came.Length - last;
        return piece <= LongestPiece
            ? came.Length
            : throw new UnreadableException("A piece of the file is longer than in any real document. Save it again in its own program.");
    }
}
