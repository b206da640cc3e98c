namespace Republic.Core.Tasks.Board;

/// <summary>A task that another one waits for.</summary>
public sealed record TaskPrerequisite(Guid Id, int Number, bool IsDone);
