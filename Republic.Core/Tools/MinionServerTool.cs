using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

/// <summary>A tool of a server, and whether a minion has it.</summary>
/// <param name="IsAlways">The person said “always”, of what the server says of it now: no call of it asks.</param>
/// <param name="IsChanged">It is on, and its server says something else of it now than what the person allowed.</param>
public sealed record MinionServerTool(ServerTool Tool, bool IsOn, bool IsAlways, bool IsChanged);
