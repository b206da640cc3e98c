using System.Buffers;
using System.Net;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Whether a tag says itself that people do not see what stands in it. Style sheets and scripts are not looked at.</summary>
internal static class HiddenTag
{
    private const string White = " \t\r\n\f";
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/=>");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n\f>");

    /// <param name="rest">Of the tag, behind its name.</param>
    public static bool Is(ReadOnlySpan<char> rest)
    {
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f/=>");
            if (rest.IsEmpty)
            {
                return false;
            }

            var length = rest.IndexOfAny(NameEnds);
            var name = length < 0 ? rest : rest[..length];
            rest = rest[name.Length..].TrimStart(White);
            var value = rest is ['=', ..] ? Value(ref rest) : default;
            if (Hides(name, value))
            {
                return true;
            }
        }
    }

    /// <param name="rest">From the equals sign on; afterwards behind the value.</param>
    private static ReadOnlySpan<char> Value(ref ReadOnlySpan<char> rest)
    {
        rest = rest[1..].TrimStart(White);
        var isQuoted = rest is ['"' or '\'', ..];
        var from = isQuoted ? 1 : 0;
        var length = isQuoted ? rest[1..].IndexOf(rest[0]) : rest.IndexOfAny(ValueEnds);
        var value = length < 0 ? rest[from..] : rest.Slice(from, length);
        rest = rest[Math.Min(rest.Length, value.Length + 2 * from)..];
        return value;
    }

    private static bool Hides(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.Equals("hidden", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (name.Equals("aria-hidden", StringComparison.OrdinalIgnoreCase))
        {
            return value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
        }

        if (!name.Equals("style", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var style = string.Concat(WebUtility.HtmlDecode(value.ToString()).Where(sign => !char.IsWhiteSpace(sign)));
        return style.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }
}
