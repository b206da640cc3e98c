namespace Republic.Core.Tasks.Editing;

/// <param name="Reason">Why the first of the refused ones was refused; null where none was.</param>
public sealed record TaskBatchResult(int Done, int Refused, string? Reason);
