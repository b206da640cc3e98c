namespace Republic.Core.Tasks.Work;

/// <summary>A comment as the prompt has it.</summary>
/// <param name="Author">As people call that citizen.</param>
internal sealed record TaskSaid(string Author, string Kind, string Text);
