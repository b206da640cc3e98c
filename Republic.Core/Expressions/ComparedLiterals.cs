namespace Republic.Core.Expressions;

/// <summary>Finds the texts with which an expression compares a variable, as in <c>outcome == "approve"</c> or <c>outcome in ["a", "b"]</c>.</summary>
internal static class ComparedLiterals
{
    public static IEnumerable<string> Of(Node node, string variable) =>
        node switch
        {
            Node.Operations operations => OfOperations(operations, variable),
            Node.Logic logic => logic.Operands.SelectMany(operand => Of(operand, variable)),
            Node.Unary unary => Of(unary.Operand, variable),
            Node.Conditional conditional => conditional
                .Branches.SelectMany(branch => Of(branch.Condition, variable).Concat(Of(branch.Value, variable)))
                .Concat(Of(conditional.Else, variable)),
            _ => [],
        };

    private static IEnumerable<string> OfOperations(Node.Operations operations, string variable)
    {
        List<Node> operands = [operations.First, .. operations.Rest.Select(rest => rest.Operand)];
        var isCompared =
            operations.Rest.All(rest => rest.Symbol is "==" or "!=" or "in")
            && operands.Exists(operand => operand is Node.Variable { Path: var path } && path == variable);
        return isCompared ? operands.SelectMany(Texts) : operands.SelectMany(operand => Of(operand, variable));
    }

    private static IEnumerable<string> Texts(Node node) =>
        node switch
        {
            Node.Literal { Value: string text } => [text],
            Node.ListLiteral list => list.Items.SelectMany(Texts),
            _ => [],
        };
}
