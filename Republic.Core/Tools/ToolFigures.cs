namespace Republic.Core.Tools;

/// <summary>The number of times that a minion asked for a tool, by their outcome.</summary>
/// <param name="Server">The name of the server when it was last asked; null for what Republic does itself.</param>
/// <param name="Approved">A person approved these calls, one by one.</param>
/// <param name="Refused">A person, or Republic itself, refused these calls.</param>
public sealed record ToolFigures(string Tool, Guid? ServerId, string? Server, int Calls, int Approved, int Refused, int Failed);
