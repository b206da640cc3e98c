using System.Text;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// Makes text of a model's tokens. A token may end inside a character, and a stop string may be spread over tokens, so
/// bytes are held back until it is known what they are.
/// </summary>
internal sealed class AnswerText(IReadOnlyList<string> stops)
{
    private readonly byte[][] stops = [.. stops.Select(Encoding.UTF8.GetBytes)];
    private byte[] pending = new byte[64];
    private int length;

    public bool Stopped { get; private set; }

    /// <summary>Takes a token's bytes and gives what can be shown now.</summary>
    public byte[] Append(ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length > pending.Length)
        {
            Array.Resize(ref pending, Math.Max(pending.Length * 2, length + bytes.Length));
        }

        bytes.CopyTo(pending.AsSpan(length));
        length += bytes.Length;
        return Take(FirstStop() ?? (length - Math.Max(HeldForStop(), HeldForCharacter(pending.AsSpan(0, length)))));
    }

    /// <summary>What was held back when the model came to its end.</summary>
    public byte[] Flush() => Stopped ? [] : Take(length);

    /// <summary>How many bytes at the end begin a character that is not whole yet.</summary>
    internal static int HeldForCharacter(ReadOnlySpan<byte> utf8)
    {
        for (var back = 1; back <= Math.Min(3, utf8.Length); back++)
        {
            var b = utf8[^back];
            if (b >= 0xC0)
            {
                var needed =
                    b >= 0xF0 ? 4
                    : b >= 0xE0 ? 3
                    : 2;
                return back < needed ? back : 0;
            }

            if (b < 0x80)
            {
                return 0;
            }
        }

        return 0;
    }

    private int? FirstStop()
    {
        var text = pending.AsSpan(0, length);
        var first = -1;
        foreach (var stop in stops)
        {
            var at = text.IndexOf(stop);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        Stopped = first >= 0;
        return Stopped ? first : null;
    }

    private int HeldForStop()
    {
        var held = 0;
        foreach (var stop in stops)
        {
            for (var part = Math.Min(stop.Length - 1, length); part > held; part--)
            {
                if (pending.AsSpan(length - part, part).SequenceEqual(stop.AsSpan(0, part)))
                {
                    held = part;
                }
            }
        }

        return held;
    }

    private byte[] Take(int count)
    {
        var taken = pending.AsSpan(0, count).ToArray();
        pending.AsSpan(count, length - count).CopyTo(pending);
        length -= count;
        // A model may well produce bytes that are no text.
        return System.Text.Unicode.Utf8.IsValid(taken) ? taken : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(taken));
    }
}
