namespace Republic.Core.Tasks.Work;

/// <summary>All that a minion is told of a task, as people and files wrote it.</summary>
internal sealed record TaskMaterial(string Title, string? Description, int Round)
{
    /// <summary>The title of the task that it is a part of.</summary>
    public string? Parent { get; init; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<TaskSaid> Comments { get; init; } = [];

    /// <summary>How many older comments are left out.</summary>
    public int OmittedComments { get; init; }

    public IReadOnlyList<TaskFileText> Files { get; init; } = [];
}
