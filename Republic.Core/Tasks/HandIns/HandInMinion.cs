namespace Republic.Core.Tasks.HandIns;

/// <summary>A minion of which hand-ins were accepted.</summary>
/// <param name="Count">The number of its good hand-ins.</param>
public sealed record HandInMinion(Guid Id, string Name, int Count);
