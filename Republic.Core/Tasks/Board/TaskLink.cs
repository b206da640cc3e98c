namespace Republic.Core.Tasks.Board;

/// <summary>A task as others name it.</summary>
public sealed record TaskLink(Guid Id, int Number, string Title, WorkTaskStatus Status);
