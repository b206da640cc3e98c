namespace Republic.Core.Tools.Servers;

/// <summary>A minion that has tools of a server.</summary>
public sealed record ServerMinion(Guid Id, string Name);
