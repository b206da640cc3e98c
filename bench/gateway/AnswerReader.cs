using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Republic.Bench;

/// <summary>Reads one answer after another from the bytes of a connection, and counts what is in them.</summary>
internal sealed class AnswerReader
{
    private byte[] buffer = new byte[64 << 10];
    private int start;
    private int filled;
    private readonly ArrayBufferWriter<byte> body = new(16 << 10);
    private int left;
    private bool hasHead;
    private bool isChunked;

    public string Head { get; private set; } = "";

    public int Status { get; private set; }

    /// <summary>Of the body, so far.</summary>
    public int Length => body.WrittenCount;

    /// <summary>Frames with a piece of an answer.</summary>
    public int Frames => Count("data: {"u8);

    public bool IsWholeStream => body.WrittenSpan.EndsWith("data: [DONE]\n\n"u8);

    public bool IsWholeAnswer => body.WrittenSpan.IndexOf("\"choices\""u8) >= 0 && body.WrittenSpan[^1] == '}';

    public string Text => Encoding.UTF8.GetString(body.WrittenSpan);

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Room()
    {
        if (start == filled)
        {
            start = filled = 0;
        }
        else if (filled == buffer.Length)
        {
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (start, filled) = (0, filled - start);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        return buffer.AsMemory(filled);
    }

    public void Begin()
    {
        body.ResetWrittenCount();
        (hasHead, isChunked, left) = (false, false, 0);
    }

    /// <summary>True: with these bytes the answer is complete.</summary>
    public bool Take(int count)
    {
        filled += count;
        if (!hasHead && !ReadHead())
        {
            return false;
        }

        return isChunked ? ReadChunks() : ReadLength();
    }

    private bool ReadHead()
    {
        var bytes = buffer.AsSpan(start, filled - start);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        Head = Encoding.ASCII.GetString(bytes[..end]);
        hasHead = true;
        Status = int.Parse(Head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        isChunked = Value("transfer-encoding") == "chunked";
        left = Value("content-length") is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : 0;
        start += end + 4;
        return true;
    }

    private string? Value(string header)
    {
        var at = Head.IndexOf($"\r\n{header}: ", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Head[(at + header.Length + 4)..].Split('\r')[0];
    }

    private bool ReadLength()
    {
        var count = Math.Min(left, filled - start);
        body.Write(buffer.AsSpan(start, count));
        start += count;
        left -= count;
        return left == 0;
    }

    private bool ReadChunks()
    {
        while (true)
        {
            var bytes = buffer.AsSpan(start, filled - start);
            var line = bytes.IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(bytes[..line], out int size, out _, 'x') || bytes.Length < line + size + 4)
            {
                return false;
            }

            body.Write(bytes.Slice(line + 2, size));
            start += line + size + 4;
            if (size == 0)
            {
                return true;
            }
        }
    }

    private int Count(ReadOnlySpan<byte> mark)
    {
        var count = 0;
        var rest = body.WrittenSpan;
        for (int at; (at = rest.IndexOf(mark)) >= 0; rest = rest[(at + mark.Length)..])
        {
            count++;
        }

        return count;
    }
}
