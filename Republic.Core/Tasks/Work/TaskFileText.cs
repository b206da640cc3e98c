namespace Republic.Core.Tasks.Work;

/// <summary>A file of a task as the prompt has it.</summary>
/// <param name="Text">Null where it could not be read.</param>
/// <param name="Note">Why not, or that it is not all; null where all of it is there.</param>
internal sealed record TaskFileText(string Name, string? Text, string? Note);
