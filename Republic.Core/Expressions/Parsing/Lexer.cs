using System.Globalization;

namespace Republic.Core.Expressions.Parsing;

/// <summary>Splits an expression into tokens. The last of them is the end.</summary>
internal sealed class Lexer(string source)
{
    /// <summary>No symbol stands behind a shorter one that it begins with.</summary>
    private static readonly string[] Symbols =
    [
        "&&",
        "||",
        "==",
        "!=",
        "<=",
        ">=",
        .. "<>+-*/%!()[]{}.,?:".Select(symbol => symbol.ToString()),
    ];

    private readonly List<Token> tokens = [];
    private int position;

    /// <summary>Why reading ended early.</summary>
    public ExpressionProblem? Problem { get; private set; }

    public IReadOnlyList<Token> Read()
    {
        while (Problem is null && SkipBlanks())
        {
            ReadToken();
        }

        Add(TokenKind.End, position);
        return tokens;
    }

    /// <summary>Skips blanks and comments. False at the end.</summary>
    private bool SkipBlanks()
    {
        while (position < source.Length)
        {
            if (source[position] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                position++;
            }
            else if (source.AsSpan(position) is ['/', '/', ..])
            {
                var end = source.IndexOf('\n', position);
                position = end < 0 ? source.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void ReadToken()
    {
        var first = source[position];
        if (IsQuote(position))
        {
            ReadText(isRaw: false);
        }
        else if (first is 'r' or 'R' && IsQuote(position + 1))
        {
            ReadText(isRaw: true);
        }
        else if (IsNamePart(position) && !char.IsAsciiDigit(first))
        {
            ReadName();
        }
        else if (IsDigit(position) || (first == '.' && IsDigit(position + 1)))
        {
            ReadNumber();
        }
        else
        {
            ReadSymbol();
        }
    }

    private void ReadText(bool isRaw)
    {
        var start = position;
        position += isRaw ? 1 : 0;
        var value = TextLiteral.Read(source, ref position, isRaw, out var problem);
        Problem = problem;
        Add(TokenKind.Literal, start, value);
    }

    private void ReadName()
    {
        var start = position;
        while (IsNamePart(position))
        {
            position++;
        }

        switch (source[start..position])
        {
            case "true":
                Add(TokenKind.Literal, start, true);
                break;
            case "false":
                Add(TokenKind.Literal, start, false);
                break;
            case "null":
                Add(TokenKind.Literal, start);
                break;
            case "in":
                Add(TokenKind.Symbol, start);
                break;
            default:
                Add(TokenKind.Name, start);
                break;
        }

        if (IsQuote(position))
        {
            Fail(start, $"“{tokens[^1].Text}” cannot stand right before a text; only r can");
        }
    }

    private void ReadNumber()
    {
        var start = position;
        var isHex = source.AsSpan(position) is ['0', 'x' or 'X', ..];
        position += isHex ? 2 : 0;
        while (IsDigit(position, isHex))
        {
            position++;
        }

        var isDecimal = !isHex && (SkipFraction() | SkipExponent());
        if (IsNamePart(position))
        {
            Fail(start, "a number ends in a letter");
            return;
        }

        var digits = source.AsSpan((isHex ? start + 2 : start)..position);
        var isRead = isDecimal ? AddDecimal(start, digits) : AddWhole(start, digits, isHex);
        if (!isRead)
        {
            Fail(start, digits.IsEmpty ? "the digits of a number are missing" : "the number is too large");
        }
    }

    private bool AddDecimal(int start, ReadOnlySpan<char> digits)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isRead = double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        Add(TokenKind.Number, start, number);
        return isRead;
    }

    private bool AddWhole(int start, ReadOnlySpan<char> digits, bool isHex)
    {
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        var isRead = ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var number);
        Add(TokenKind.Number, start, number);
        return isRead;
    }

    private bool SkipFraction() => position < source.Length && source[position] == '.' && SkipDigits(position + 1);

    private bool SkipExponent() =>
        source.AsSpan(position) switch
        {
            ['e' or 'E', '+' or '-', ..] => SkipDigits(position + 2),
            ['e' or 'E', ..] => SkipDigits(position + 1),
            _ => false,
        };

    /// <summary>Goes behind the digits that begin at the index. Where none do, it stays and says false.</summary>
    private bool SkipDigits(int start)
    {
        if (!IsDigit(start))
        {
            return false;
        }

        for (position = start; IsDigit(position); position++) { }

        return true;
    }

    private void ReadSymbol()
    {
        var symbol = Array.Find(Symbols, one => string.CompareOrdinal(source, position, one, 0, one.Length) == 0);
        if (symbol is not null)
        {
            position += symbol.Length;
            Add(TokenKind.Symbol, position - symbol.Length);
            return;
        }

        Fail(
            position,
            source[position] switch
            {
                '=' => "write == to compare",
                '&' => "write && for “and”",
                '|' => "write || for “or”",
                _ => "this character can only stand inside quotes",
            }
        );
    }

    private bool IsQuote(int index) => index < source.Length && source[index] is '"' or '\'';

    private bool IsNamePart(int index) => index < source.Length && (source[index] == '_' || char.IsAsciiLetterOrDigit(source[index]));

    private bool IsDigit(int index, bool isHex = false) =>
        index < source.Length && (isHex ? char.IsAsciiHexDigit(source[index]) : char.IsAsciiDigit(source[index]));

    private void Add(TokenKind kind, int start, object? value = null) => tokens.Add(new Token(kind, source[start..position], start, value));

    private void Fail(int index, string message) => Problem = new ExpressionProblem(message, index + 1);
}
