using System.Buffers;
using System.Text;
using Republic.Core.Datasets.Reading;

namespace Republic.Core.Datasets.Rows;

/// <summary>The one form in which samples are kept: <c>{"messages":[{"role":"user","content":"…"},…]}</c>, and nothing escaped that need not be.</summary>
internal static class SampleJson
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(b => (byte)b),
        (byte)'"',
        (byte)'\\',
    ]);

    /// <summary>Without a line's end.</summary>
    public static void Write(RowText row, ByteBuffer into)
    {
        into.Append("{\"messages\":["u8);
        for (var i = 0; i < row.Turns.Count; i++)
        {
            var turn = row.Turns[i];
            if (i > 0)
            {
                into.Append((byte)',');
            }

            into.Append(
                turn.Role switch
                {
                    RowRole.System => "{\"role\":\"system\",\"content\":\""u8,
                    RowRole.User => "{\"role\":\"user\",\"content\":\""u8,
                    _ => "{\"role\":\"assistant\",\"content\":\""u8,
                }
            );
            WriteText(row.Text(turn.Text), into);
            into.Append("\"}"u8);
        }

        into.Append("]}"u8);
    }

    /// <summary>A text as it stands between the quotation marks.</summary>
    public static string Escape(string text)
    {
        var bytes = new ByteBuffer();
        WriteText(Encoding.UTF8.GetBytes(text), bytes);
        return Encoding.UTF8.GetString(bytes.Written);
    }

    private static void WriteText(ReadOnlySpan<byte> text, ByteBuffer into)
    {
        for (var next = text.IndexOfAny(Escaped); next >= 0; next = text.IndexOfAny(Escaped))
        {
            into.Append(text[..next]);
            WriteEscaped(text[next], into);
            text = text[(next + 1)..];
        }

        into.Append(text);
    }

    private static void WriteEscaped(byte value, ByteBuffer into)
    {
        var letter = value switch
        {
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'"' or (byte)'\\' => value,
            _ => (byte)0,
        };
        if (letter != 0)
        {
            into.Append((byte)'\\');
            into.Append(letter);
            return;
        }

        into.Append("\\u00"u8);
        into.Append((byte)('0' + (value >> 4)));
        into.Append("0123456789abcdef"u8[value & 15]);
    }
}
