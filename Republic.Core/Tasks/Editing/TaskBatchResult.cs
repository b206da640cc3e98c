namespace Republic.Core.Tasks.Editing;

/// <param name="NotDone">How many were refused.</param>
/// <param name="Refused">Why the first of them was; null where none was.</param>
public sealed record TaskBatchResult(int Done, int NotDone, Failure? Refused);
