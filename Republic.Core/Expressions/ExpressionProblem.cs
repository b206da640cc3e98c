namespace Republic.Core.Expressions;

/// <summary>Why a text is no expression.</summary>
/// <param name="Column">Where that shows; the first column is 1.</param>
public sealed record ExpressionProblem(string Message, int Column)
{
    public override string ToString() => $"Column {Column}: {Message}";
}
