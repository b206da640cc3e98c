using System.Globalization;

namespace Republic.Core.Providers.Protocols;

/// <summary>What a JSON reader that leaves strings undecoded does not look at.</summary>
internal static class JsonEscapes
{
    private const int Length = 6; // \uXXXX

    /// <summary>Whether an escape stands for half a character: <c>\ud83d</c> without the half that follows it, or the other way round.</summary>
    public static bool HasHalfACharacter(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0 && at + 1 < json.Length; at = Next(json, at))
        {
            var first = Unit(json[at..]);
            if (first is null || !char.IsSurrogate(first.Value))
            {
                at += 2;
                continue;
            }

            if (Unit(json[(at + Length)..]) is not { } second || !char.IsSurrogatePair(first.Value, second))
            {
                return true;
            }

            at += 2 * Length;
        }

        return false;
    }

    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        var offset = from < json.Length ? json[from..].IndexOf((byte)'\\') : -1;
        return offset < 0 ? -1 : from + offset;
    }

    private static char? Unit(ReadOnlySpan<byte> escape) =>
        escape.Length >= Length
        && escape[0] == '\\'
        && escape[1] == 'u'
        && ushort.TryParse(escape[2..Length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
