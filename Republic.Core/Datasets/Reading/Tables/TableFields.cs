namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>The fields of one record of CSV, one after the other.</summary>
internal ref struct TableFields(ReadOnlySpan<byte> record, byte delimiter)
{
    private ReadOnlySpan<byte> rest = record;
    private bool isDone;

    /// <summary>As it stands in the record.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    public bool Next()
    {
        if (isDone)
        {
            return false;
        }

        var length = rest.StartsWith("\""u8) ? QuotedLength() : rest.IndexOf(delimiter);
        isDone = length < 0 || length >= rest.Length;
        Raw = isDone ? rest : rest[..length];
        rest = isDone ? default : rest[(length + 1)..];
        return true;
    }

    /// <summary>Without its quotation marks.</summary>
    public readonly void CopyTo(ByteBuffer into)
    {
        if (!Raw.StartsWith("\""u8))
        {
            into.Append(Raw);
            return;
        }

        var text = Raw[1..].TrimEnd((byte)'\r');
        text = text.EndsWith("\""u8) ? text[..^1] : text;
        for (var next = text.IndexOf("\"\""u8); next >= 0; next = text.IndexOf("\"\""u8))
        {
            into.Append(text[..(next + 1)]);
            text = text[(next + 2)..];
        }

        into.Append(text);
    }

    private readonly int QuotedLength()
    {
        for (var at = 1; at < rest.Length; at++)
        {
            var next = rest[at..].IndexOf((byte)'"');
            if (next < 0)
            {
                return -1;
            }

            at += next + 1;
            if (at >= rest.Length || rest[at] != '"')
            {
                var end = rest[at..].IndexOf(delimiter);
                return end < 0 ? -1 : at + end;
            }
        }

        return -1;
    }
}
