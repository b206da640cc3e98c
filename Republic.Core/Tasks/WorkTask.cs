using Republic.Core.Data;

namespace Republic.Core.Tasks;

/// <summary>A piece of work for a person or a minion. The class is not called Task, which is .NET's.</summary>
public sealed class WorkTask : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person whose board it is on.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>Counts the owner's tasks from 1 and is never used again: 53 is shown as T-53.</summary>
    public required int Number { get; init; }

    public required string Title { get; set; }

    public string? Description { get; set; }

    public WorkTaskStatus Status { get; set; }

    public required Guid CreatedBy { get; init; }

    public Guid? AssignedTo { get; set; }

    public Guid? AssignedBy { get; set; }

    public DateTimeOffset? AssignedAt { get; set; }

    public Guid? ParentId { get; set; }

    /// <summary>The task at the top of those that it is a part of; a task without a parent is its own root.</summary>
    public required Guid RootId { get; set; }

    /// <summary>The chat with the message that it was made of; null where it was made of none, or the chat is deleted.</summary>
    public Guid? SourceConversationId { get; set; }

    public Guid? SourceMessageId { get; set; }

    /// <summary>1 for a task without a parent, at most <see cref="TaskGraph.DeepestLevel"/>.</summary>
    public int Level { get; set; } = 1;

    /// <summary>Orders the tasks of a column, the smallest on top.</summary>
    public double Position { get; set; }

    public TaskPriority Priority { get; set; }

    public DateTimeOffset? DueAt { get; set; }

    public List<string> Labels { get; set; } = [];

    /// <summary>The name of the capability that its outcome counts for; null where it counts for none.</summary>
    public string? Capability { get; set; }

    /// <summary>The most that a minion's work on it may cost in all, in US dollars.</summary>
    public decimal? Budget { get; set; }

    /// <summary>Counts how often it was handed in and sent back, from 1.</summary>
    public int Round { get; set; } = 1;

    /// <summary>The tasks that must be done before this one.</summary>
    public List<TaskDependency> Dependencies { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
