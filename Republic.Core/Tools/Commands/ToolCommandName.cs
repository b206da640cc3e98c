namespace Republic.Core.Tools.Commands;

/// <summary>A tool command as everybody sees it.</summary>
public sealed record ToolCommandName(Guid Id, string Name, string Description);
