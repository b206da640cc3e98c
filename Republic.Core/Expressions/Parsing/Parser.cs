namespace Republic.Core.Expressions.Parsing;

/// <summary>Makes a tree of tokens by recursive descent. Where there is a problem with them, the tree means nothing.</summary>
internal sealed class Parser(TokenReader tokens)
{
    /// <summary>Operators from the weakest to the strongest.</summary>
    private static readonly string[][] Precedences =
    [
        ["<", "<=", ">", ">=", "==", "!=", "in"],
        ["+", "-"],
        ["*", "/", "%"],
    ];

    private static readonly HashSet<string> Reserved =
    [
        .. "as break const continue else for function if import let loop package namespace return var void while".Split(' '),
    ];

    private static readonly string[] Macros = ["all", "exists", "exists_one", "map", "filter"];

    private readonly List<ExpressionReference> references = [];

    /// <summary>The names that macros around the position bind; the index of each is its slot.</summary>
    private readonly List<string> bound = [];

    private int depth;

    public IReadOnlyList<ExpressionReference> References =>
        [.. references.OrderBy(reference => reference.Column).DistinctBy(reference => reference.Path)];

    public List<ExpressionReference> UnknownFunctions { get; } = [];

    public Node Parse()
    {
        var root = Expression();
        if (tokens.Current.Kind != TokenKind.End)
        {
            tokens.Fail(tokens.Current, $"an operator is missing before {Quoted(tokens.Current)}");
        }

        return root;
    }

    private Node Expression()
    {
        if (depth > ExpressionLimits.MaxDepth)
        {
            return Fail(tokens.Current, $"more than {ExpressionLimits.MaxDepth} levels inside each other");
        }

        depth++;
        var value = Logic("||");
        var branches = new List<(Node, Node)>();
        while (tokens.Accept("?"))
        {
            var chosen = Logic("||");
            tokens.Expect(":");
            branches.Add((value, chosen));
            value = Logic("||");
        }

        depth--;
        return branches.Count == 0 ? value : new Node.Conditional(branches, value);
    }

    private Node Logic(string symbol)
    {
        var operands = new List<Node>();
        do
        {
            operands.Add(symbol == "||" ? Logic("&&") : Operations(0));
        } while (tokens.Accept(symbol));

        return operands.Count == 1 ? operands[0] : new Node.Logic(symbol, operands);
    }

    private Node Operations(int precedence)
    {
        if (precedence == Precedences.Length)
        {
            return Unary();
        }

        var first = Operations(precedence + 1);
        var rest = new List<(string, Node)>();
        while (Array.Find(Precedences[precedence], tokens.Accept) is { } symbol)
        {
            rest.Add((symbol, Operations(precedence + 1)));
        }

        return rest.Count == 0 ? first : new Node.Operations(first, rest);
    }

    private Node Unary()
    {
        var symbol = tokens.Is("!") ? "!" : "-";
        var count = 0;
        while (tokens.Accept(symbol))
        {
            count++;
        }

        // The smallest whole number is written with its sign: without it, it would be too large.
        var isNegative = count > 0 && symbol == "-" && tokens.Current.Kind == TokenKind.Number;
        var operand = Members(isNegative);
        count -= isNegative ? 1 : 0;
        return count == 0 ? operand : new Node.Unary(symbol, count, operand);
    }

    private Node Members(bool isNegative)
    {
        var begin = tokens.Current;
        var first = Primary(isNegative);
        var steps = new List<Step>();
        while (NextStep(begin.Start) is { } step)
        {
            steps.Add(step);
        }

        if (begin.Kind == TokenKind.Name && first is Node.Variable variable)
        {
            references.Add(new ExpressionReference(variable.PathWith(steps), begin.Start + 1));
        }

        return steps.Count == 0 ? first : new Node.Members(first, steps);
    }

    private Step? NextStep(int start)
    {
        var end = tokens.Current.Start;
        if (tokens.Accept("["))
        {
            var key = Expression();
            tokens.Expect("]");
            return new Step.Index(key);
        }

        if (!tokens.Accept("."))
        {
            return null;
        }

        var name = tokens.Current;
        tokens.ExpectName("a field is missing after the dot");
        if (!tokens.Accept("("))
        {
            return new Step.Field(name.Text, start..end);
        }

        return Macros.Contains(name.Text) ? Macro(name) : new Step.Method(name.Text, Arguments(name, isMethod: true));
    }

    private Step.Macro Macro(Token name)
    {
        var item = tokens.ExpectName($"{name.Text} needs a name for the item first, as in {name.Text}(x, x > 0)");
        tokens.Expect(",");
        bound.Add(item);
        var bodies = Items(")", Expression);
        bound.RemoveAt(bound.Count - 1);
        if (bodies.Count != 1 && !(bodies.Count == 2 && name.Text == "map"))
        {
            tokens.Fail(name, $"{name.Text} takes a name and an expression, as in {name.Text}(x, x > 0)");
        }

        return new Step.Macro(name.Text, bound.Count, bodies);
    }

    private Node Primary(bool isNegative)
    {
        var token = tokens.Take();
        switch (token)
        {
            case { Kind: TokenKind.Literal }:
                return new Node.Literal(token.Value);
            case { Kind: TokenKind.Number }:
                return Number(token, isNegative);
            case { Kind: TokenKind.Name }:
                return Named(token);
            case { Kind: TokenKind.Symbol, Text: "(" }:
                var inner = Expression();
                tokens.Expect(")");
                return inner;
            case { Kind: TokenKind.Symbol, Text: "[" }:
                return new Node.ListLiteral(Items("]", Expression));
            case { Kind: TokenKind.Symbol, Text: "{" }:
                return new Node.MapLiteral(Items("}", Entry));
            case { Kind: TokenKind.End }:
                return Fail(token, "a value is missing at the end");
            default:
                return Fail(token, $"a value is missing before {Quoted(token)}");
        }
    }

    private Node Number(Token token, bool isNegative)
    {
        if (token.Value is not ulong size)
        {
            return new Node.Literal(isNegative ? -(double)token.Value! : token.Value);
        }

        return size > (isNegative ? 1ul << 63 : long.MaxValue)
            ? Fail(token, "the number is too large")
            : new Node.Literal(isNegative ? unchecked(-(long)size) : (long)size);
    }

    /// <summary>A variable, what a macro bound, or a call.</summary>
    private Node Named(Token name)
    {
        if (Reserved.Contains(name.Text))
        {
            return Fail(name, $"“{name.Text}” is a reserved word; use another name");
        }

        if (tokens.Accept("("))
        {
            return name.Text == "has" ? Has(name) : new Node.Call(name.Text, Arguments(name, isMethod: false));
        }

        if (bound.LastIndexOf(name.Text) is >= 0 and var slot)
        {
            return new Node.Local(slot);
        }

        var path = new List<string> { name.Text };
        while (tokens.IsBeforeField)
        {
            tokens.Expect(".");
            path.Add(tokens.Take().Text);
        }

        return new Node.Variable(string.Join('.', path));
    }

    private Node Has(Token name)
    {
        var field = Expression();
        tokens.Expect(")");
        if (field is Node.Variable { Path: var path } && path.LastIndexOf('.') is > 0 and var dot)
        {
            return new Node.Has(new Node.Variable(path[..dot]), path[(dot + 1)..], path);
        }

        if (field is Node.Members { Steps: [.., Step.Field last] } members)
        {
            var before = members.Steps.SkipLast(1).ToList();
            return new Node.Has(before.Count == 0 ? members.First : members with { Steps = before }, last.Name, null);
        }

        return Fail(name, "has takes a field, as in has(facts.leak)");
    }

    private List<Node> Arguments(Token name, bool isMethod)
    {
        var arguments = Items(")", Expression);
        var count = Functions.ArgumentsOf(name.Text, isMethod);
        if (count is null)
        {
            UnknownFunctions.Add(new ExpressionReference(name.Text, name.Start + 1));
        }
        else if (count != arguments.Count)
        {
            tokens.Fail(name, $"{name.Text} takes {Counted.Of(count.Value, "value")} here, not {arguments.Count}");
        }

        return arguments;
    }

    private (Node Key, Node Value) Entry()
    {
        var key = Expression();
        tokens.Expect(":");
        return (key, Expression());
    }

    /// <summary>Items with commas between them, up to the closing symbol. Lists and maps may have a comma behind the last.</summary>
    private List<T> Items<T>(string closing, Func<T> item)
    {
        var items = new List<T>();
        if (tokens.Accept(closing))
        {
            return items;
        }

        do
        {
            items.Add(item());
        } while (tokens.Accept(",") && (closing == ")" || !tokens.Is(closing)));

        tokens.Expect(closing);
        return items;
    }

    private Node.Literal Fail(Token token, string message)
    {
        tokens.Fail(token, message);
        return new Node.Literal(null);
    }

    private static string Quoted(Token token) => $"“{token.Text.AtMost(20)}”";
}
