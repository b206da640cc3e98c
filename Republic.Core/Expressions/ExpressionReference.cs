namespace Republic.Core.Expressions;

/// <summary>A variable, a field of one, or a function that an expression names.</summary>
/// <param name="Path">The names with dots between them, such as <c>visits.review</c>.</param>
/// <param name="Column">Where it stands first; the first column is 1.</param>
public sealed record ExpressionReference(string Path, int Column);
