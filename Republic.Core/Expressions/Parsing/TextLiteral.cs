using System.Text;

namespace Republic.Core.Expressions.Parsing;

/// <summary>A text in quotes: one or three of them, with escapes or raw.</summary>
internal static class TextLiteral
{
    /// <summary>The letters that may follow a backslash, and the characters that they stand for.</summary>
    private const string Escapes = "abfnrtv\\?\"'`";
    private const string Escaped = "\a\b\f\n\r\t\v\\?\"'`";

    private const string Digits = "0123456789abcdef";

    /// <param name="position">The index of the first quote; afterwards, the index behind the last.</param>
    /// <returns>Null where there is a problem.</returns>
    public static string? Read(string source, ref int position, bool isRaw, out ExpressionProblem? problem)
    {
        var start = position;
        var quote = source[start];
        var isTriple = source.AsSpan(start + 1) is [var second, var third, ..] && second == quote && third == quote;
        var quotes = source.AsSpan(start, isTriple ? 3 : 1);
        var value = new StringBuilder();
        problem = null;
        for (position += quotes.Length; !source.AsSpan(position).StartsWith(quotes); )
        {
            if (position == source.Length || (!isTriple && source[position] is '\n' or '\r'))
            {
                problem = new ExpressionProblem("the closing quote of a text is missing", start + 1);
                return null;
            }

            if (isRaw || source[position] != '\\')
            {
                value.Append(source[position++]);
            }
            else if (!ReadEscape(source, ref position, value))
            {
                problem = new ExpressionProblem("this escape is not known; write \\\\ for a backslash", position + 1);
                return null;
            }
        }

        position += quotes.Length;
        return value.ToString();
    }

    private static bool ReadEscape(string source, ref int position, StringBuilder value)
    {
        var kind = position + 1 < source.Length ? source[position + 1] : '\0';
        var simple = Escapes.IndexOf(kind);
        if (simple >= 0)
        {
            value.Append(Escaped[simple]);
            position += 2;
            return true;
        }

        var (skipped, length, radix) = kind switch
        {
            'x' or 'X' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            >= '0' and <= '3' => (1, 3, 8),
            _ => (0, 0, 0),
        };
        var start = position + skipped;
        if (length == 0 || start + length > source.Length || CodePoint(source.AsSpan(start, length), radix) is not { } code)
        {
            return false;
        }

        value.Append(code.ToString());
        position = start + length;
        return true;
    }

    private static Rune? CodePoint(ReadOnlySpan<char> digits, int radix)
    {
        var code = 0u;
        foreach (var digit in digits)
        {
            var value = Digits.IndexOf(char.ToLowerInvariant(digit));
            if (value < 0 || value >= radix)
            {
                return null;
            }

            code = (code * (uint)radix) + (uint)value;
        }

        return Rune.TryCreate(code, out var rune) ? rune : null;
    }
}
