namespace Republic.Core.Tools.Calls;

/// <summary>A minion that asked for a tool call once.</summary>
public sealed record CallingMinion(Guid Id, string Name);
