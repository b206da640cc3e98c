namespace Republic.Core.Expressions;

/// <summary>A variable, or a field of one, that an expression reads.</summary>
/// <param name="Path">The names with dots between them, such as <c>visits.review</c>.</param>
/// <param name="Column">Where it is read first; the first column is 1.</param>
public sealed record ExpressionReference(string Path, int Column);
