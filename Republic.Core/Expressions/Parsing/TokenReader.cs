namespace Republic.Core.Expressions.Parsing;

/// <summary>
/// Goes through tokens from left to right. At the first problem it jumps to their end, where nothing that is asked for is found, so that the
/// parser finishes by itself. Only that problem counts.
/// </summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int position;

    public ExpressionProblem? Problem { get; private set; }

    public Token Current => tokens[position];

    /// <summary>The next tokens are a dot and a name, and no call of a method.</summary>
    public bool IsBeforeField =>
        Is(".") && tokens[position + 1].Kind == TokenKind.Name && tokens[position + 2] is not { Kind: TokenKind.Symbol, Text: "(" };

    public bool Is(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    public Token Take()
    {
        var token = Current;
        position += token.Kind == TokenKind.End ? 0 : 1;
        return token;
    }

    public bool Accept(string symbol)
    {
        var isNext = Is(symbol);
        position += isNext ? 1 : 0;
        return isNext;
    }

    public void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            Fail(Current, $"a {symbol} is missing");
        }
    }

    /// <summary>The name that comes next.</summary>
    /// <param name="problem">What is wrong where none does.</param>
    public string ExpectName(string problem)
    {
        if (Current.Kind != TokenKind.Name)
        {
            Fail(Current, problem);
        }

        return Take().Text;
    }

    public void Fail(Token token, string message)
    {
        Problem ??= new ExpressionProblem(message, token.Start + 1);
        position = tokens.Count - 1;
    }
}
