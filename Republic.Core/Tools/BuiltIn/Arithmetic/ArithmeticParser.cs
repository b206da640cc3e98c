using System.Globalization;
using System.Numerics;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.BuiltIn.Arithmetic;

/// <summary>Reads an expression from left to right and computes it. It knows numbers, operators and a few functions, and runs nothing else.</summary>
internal sealed class ArithmeticParser
{
    public const int MaxLength = 500;
    private const int MaxExponent = 1000;
    private const string Known = "Write numbers such as 1234.5, the operators + - * / ^ %, parentheses, pi, e, and the functions";
    private readonly string text;
    private int at;

    private ArithmeticParser(string text) => this.text = text;

    /// <exception cref="ToolException">It is none, or has no result.</exception>
    public static Number Evaluate(string expression)
    {
        if (string.IsNullOrWhiteSpace(expression) || expression.Length > MaxLength)
        {
            throw new ToolException($"Give an expression such as 19.99 * 12, in at most {MaxLength} characters.");
        }

        var parser = new ArithmeticParser(
            expression
                .Replace('×', '*')
                .Replace('·', '*')
                .Replace('÷', '/')
                .Replace('−', '-')
                .Replace('–', '-')
                .Replace("**", "^", StringComparison.Ordinal)
                .Replace("π", "pi", StringComparison.Ordinal)
        );
        var result = parser.Sum();
        return parser.Next() == '\0' ? result : throw parser.Unexpected();
    }

    /// <summary>The next character that is no space; NUL at the end.</summary>
    private char Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length ? text[at] : '\0';
    }

    private Number Sum()
    {
        var left = Product();
        while (true)
        {
            if (Takes('+'))
            {
                left += Product();
            }
            else if (Takes('-'))
            {
                left -= Product();
            }
            else
            {
                return left;
            }
        }
    }

    private Number Product()
    {
        var left = Signed();
        while (true)
        {
            if (Takes('*') || TakesWord("of"))
            {
                left *= Signed();
            }
            else if (Takes('/'))
            {
                left /= Signed();
            }
            else if (Takes('%'))
            {
                left %= Signed();
            }
            else
            {
                return left;
            }
        }
    }

    /// <summary>A power binds more than a sign before it: -2^2 is -4.</summary>
    private Number Signed()
    {
        var isNegative = false;
        while (Next() is '-' or '+')
        {
            isNegative ^= text[at++] == '-';
        }

        var value = Percent();
        value = Takes('^') ? value.Power(Signed()) : value;
        return isNegative ? -value : value;
    }

    private Number Percent()
    {
        var value = Primary();
        while (Next() == '%' && !IsRemainder())
        {
            at++;
            value /= Number.Of(100);
        }

        return value;
    }

    /// <summary>A percent sign with a number, a name or a parenthesis behind it asks for what is left of a division.</summary>
    private bool IsRemainder()
    {
        var behind = text.AsSpan(at + 1).TrimStart();
        return behind.Length > 0 && (char.IsAsciiLetterOrDigit(behind[0]) || behind[0] is '(' or '.') && !IsWord(behind, "of");
    }

    private Number Primary()
    {
        if (Takes('('))
        {
            var value = Sum();
            return Takes(')') ? value : throw Unexpected();
        }

        return char.IsAsciiDigit(Next()) || Next() == '.' ? Literal()
            : char.IsAsciiLetter(Next()) ? Named()
            : throw Unexpected();
    }

    private Number Literal()
    {
        var start = at;
        var whole = TakeDigits();
        var part = at < text.Length && text[at] == '.' ? TakePart() : "";
        if (whole.Length + part.Length == 0)
        {
            at = start;
            throw Unexpected();
        }

        var digits = BigInteger.Parse(whole + part, NumberStyles.None, CultureInfo.InvariantCulture);
        var exponent = TakeExponent() - part.Length;
        return Number.Of(digits) * Number.Of(10).Power(Number.Of(exponent));
    }

    private string TakePart()
    {
        at++;
        return TakeDigits();
    }

    /// <summary>The exponent of a number, as the 3 of 2.5e3. A letter e without digits behind it is something else.</summary>
    private int TakeExponent()
    {
        var start = at;
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return 0;
        }

        at++;
        var isNegative = at < text.Length && text[at] == '-';
        at += at < text.Length && text[at] is '-' or '+' ? 1 : 0;
        var digits = TakeDigits();
        if (digits.Length == 0)
        {
            at = start;
            return 0;
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var exponent) && exponent <= MaxExponent
            ? isNegative
                ? -exponent
                : exponent
            : throw new ToolException($"An exponent behind e is at most {MaxExponent}.");
    }

    private string TakeDigits()
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private Number Named()
    {
        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
        {
            at++;
        }

        var name = text[start..at].ToLowerInvariant();
        if (ArithmeticFunctions.Constant(name) is { } constant)
        {
            return constant;
        }

        if (!ArithmeticFunctions.Names.Contains(name))
        {
            at = start;
            throw Unexpected();
        }

        return ArithmeticFunctions.Call(name, Arguments());
    }

    private List<Number> Arguments()
    {
        if (!Takes('('))
        {
            throw Unexpected();
        }

        List<Number> arguments = [Sum()];
        while (Takes(','))
        {
            arguments.Add(Sum());
        }

        return Takes(')') ? arguments : throw Unexpected();
    }

    private bool Takes(char sign)
    {
        if (Next() != sign)
        {
            return false;
        }

        at++;
        return true;
    }

    private bool TakesWord(string word)
    {
        if (Next() == '\0' || !IsWord(text.AsSpan(at), word))
        {
            return false;
        }

        at += word.Length;
        return true;
    }

    private static bool IsWord(ReadOnlySpan<char> text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length || !char.IsAsciiLetterOrDigit(text[word.Length]));

    private ToolException Unexpected() =>
        new(
            (
                Next() switch
                {
                    '\0' => "The expression ends too early.",
                    ',' => $"A comma at character {at + 1} is not understood: write 1234.5 and not 1,234.5.",
                    _ => $"What stands at character {at + 1} is not understood: {text[at..].AtMost(20)}",
                }
            ) + $"\n{Known} {string.Join(", ", ArithmeticFunctions.Names)}."
        );
}
