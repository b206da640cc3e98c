namespace Republic.Core.Expressions;

/// <summary>A value that could not be had. It is passed on by all that needs it, and absorbed where another value decides.</summary>
internal sealed record CelError(string Message);
