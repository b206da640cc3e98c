namespace Republic.Core.Tools;

/// <summary>The tools of one server that a minion is to have.</summary>
/// <param name="Id">The id of the server.</param>
/// <param name="Tools">The names of its tools that are on; null for all that it has now.</param>
public sealed record ServerToolsInput(Guid Id, IReadOnlyList<string?>? Tools = null);
