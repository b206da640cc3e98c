namespace Republic.Core.Expressions;

internal sealed class CelExpression : IExpression
{
    private static readonly Dictionary<string, object?> NoVariables = [];
    private readonly Node root;

    public CelExpression(string text, Node root, Parsing.Parser parser)
    {
        this.root = root;
        Text = text;
        References = parser.References;
        UnknownFunctions = parser.UnknownFunctions;
        // A variable that is missing is an error. Where there is a value all the same, no variable can change it.
        Constant = Evaluate(NoVariables).Value;
    }

    public string Text { get; }

    public IReadOnlyList<ExpressionReference> References { get; }

    public IReadOnlyList<ExpressionReference> UnknownFunctions { get; }

    public object? Constant { get; }

    public IReadOnlyList<string> TextsComparedWith(string variable) =>
        [.. ComparedLiterals.Of(root, variable).Distinct(StringComparer.Ordinal)];

    public ExpressionResult Evaluate(IReadOnlyDictionary<string, object?> variables) => new Evaluator(Text, variables).Run(root);
}
