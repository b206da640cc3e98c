namespace Republic.Core.Tasks.HandIns;

/// <summary>A result of a minion that was accepted: the last hand-in of a task that is done.</summary>
/// <param name="Minion">The name of the minion.</param>
/// <param name="At">When it was handed in.</param>
public sealed record GoodHandIn(Guid TaskId, int Number, string Title, string Minion, DateTimeOffset At);
