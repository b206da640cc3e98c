namespace Republic.Core.Expressions;

/// <summary>
/// The tree of an expression. Operators, branches and members in a row are one node, so that the tree is no deeper than the text is nested.
/// </summary>
internal abstract record Node
{
    internal sealed record Literal(object? Value) : Node;

    internal sealed record ListLiteral(IReadOnlyList<Node> Items) : Node;

    internal sealed record MapLiteral(IReadOnlyList<(Node Key, Node Value)> Entries) : Node;

    /// <summary>A variable and fields of it. Where its own name ends is found by the evaluation: there may be a variable called a.b.</summary>
    internal sealed record Variable(string Path) : Node
    {
        /// <summary>The path of what the steps read of it, up to the first that only an evaluation knows.</summary>
        public string PathWith(IEnumerable<Step> steps)
        {
            var fields = steps.Select(step =>
                step switch
                {
                    Step.Field field => field.Name,
                    Step.Index { Key: Literal { Value: string key } } => key,
                    _ => null,
                }
            );
            return string.Join('.', fields.TakeWhile(field => field is not null).Prepend(Path));
        }
    }

    /// <summary>The item that a macro is at.</summary>
    internal sealed record Local(int Slot) : Node;

    /// <summary>The value behind the first condition that is true, as in a ? x : b ? y : z.</summary>
    internal sealed record Conditional(IReadOnlyList<(Node Condition, Node Value)> Branches, Node Else) : Node;

    /// <param name="Symbol">&amp;&amp; or ||.</param>
    internal sealed record Logic(string Symbol, IReadOnlyList<Node> Operands) : Node;

    /// <summary>Operators of one precedence, applied from left to right.</summary>
    internal sealed record Operations(Node First, IReadOnlyList<(string Symbol, Node Operand)> Rest) : Node;

    /// <param name="Symbol">! or -.</param>
    internal sealed record Unary(string Symbol, int Count, Node Operand) : Node;

    internal sealed record Call(string Function, IReadOnlyList<Node> Arguments) : Node;

    /// <summary>The test whether a map has a field.</summary>
    /// <param name="Path">The name of a variable that would be the field. Null where none can be.</param>
    internal sealed record Has(Node Container, string Field, string? Path) : Node;

    /// <summary>A value and what is taken from it, step by step.</summary>
    internal sealed record Members(Node First, IReadOnlyList<Step> Steps) : Node;
}
