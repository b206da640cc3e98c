namespace Republic.Core.Expressions;

/// <summary>The value of an expression, or why it has none.</summary>
/// <param name="Value">
/// Null, bool, long, double, string, <see cref="IReadOnlyList{T}"/> of these, or <see cref="ExpressionMap"/>.
/// </param>
/// <param name="Error">Why there is no value, in plain words: "facts has no field leak".</param>
public sealed record ExpressionResult(object? Value, string? Error)
{
    public bool IsTrue => Error is null && Value is true;
}
