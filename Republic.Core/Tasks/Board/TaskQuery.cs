namespace Republic.Core.Tasks.Board;

/// <summary>Which tasks of a person a list shows.</summary>
public sealed record TaskQuery
{
    /// <summary>Null for all but the archive.</summary>
    public WorkTaskStatus? Status { get; init; }

    public Guid? AssignedTo { get; init; }

    public Guid? ParentId { get; init; }

    public string? Label { get; init; }

    public TaskPriority? Priority { get; init; }

    public bool IsBlocked { get; init; }

    /// <summary>Only tasks of the person's own that go on when they do something.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>Only tasks of others that are shared with the person.</summary>
    public bool IsShared { get; init; }

    /// <summary>Only tasks that are due before this time and not done.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Words of the title or the description, or a number such as T-53.</summary>
    public string? Words { get; init; }
}
