namespace Republic.Core.Tools;

/// <summary>The tools that a minion is to have. What is null stays as it is.</summary>
/// <param name="Builtin">The names of the built-in tools that are on; all others are off.</param>
/// <param name="Servers">The servers with tools that are on; all others are off.</param>
public sealed record MinionToolsInput(IReadOnlyList<string?>? Builtin = null, IReadOnlyList<ServerToolsInput?>? Servers = null);
