using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Republic.Core.Knowledge.Reading;

/// <summary>Whether a tag says itself that people do not see what stands in it. Style sheets and scripts are not looked at.</summary>
internal static class HiddenTag
{
    private const int MostDigits = 6;
    private const string White = " \t\r\n\f";
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f/=>");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
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

        var style = Plain(WebUtility.HtmlDecode(value.ToString()));
        return style.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A style as a browser understands it: comments and white space are nothing, and an escape is the sign that it stands for.</summary>
    private static string Plain(string style)
    {
        var plain = new StringBuilder(style.Length);
        for (var at = 0; at < style.Length; )
        {
            if (style[at] == '\\')
            {
                at = Escaped(style, at + 1, plain);
            }
            else if (style.AsSpan(at).StartsWith("/*"))
            {
                var end = style.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? style.Length : end + 2;
            }
            else
            {
                plain.Append(style.AsSpan(at, char.IsWhiteSpace(style[at]) ? 0 : 1));
                at++;
            }
        }

        return plain.ToString();
    }

    /// <summary>One sign as it is, or up to six hexadecimal digits and a space that ends them.</summary>
    /// <param name="at">Behind the backslash.</param>
    /// <returns>Where the style goes on.</returns>
    private static int Escaped(string style, int at, StringBuilder plain)
    {
        var digits = style.AsSpan(at, Math.Min(MostDigits, style.Length - at));
        var length = digits.IndexOfAnyExcept(HexDigits);
        digits = length < 0 ? digits : digits[..length];
        if (digits.IsEmpty)
        {
            plain.Append(style.AsSpan(at, Math.Min(1, style.Length - at)));
            return at + 1;
        }

        var sign = int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        plain.Append((Rune.IsValid(sign) ? new Rune(sign) : Rune.ReplacementChar).ToString());
        at += digits.Length;
        return at < style.Length && char.IsWhiteSpace(style[at]) ? at + 1 : at;
    }
}
