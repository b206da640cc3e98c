namespace Republic.Core.Tasks.Comments;

/// <summary>What a citizen wrote under a task.</summary>
public sealed class TaskComment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid TaskId { get; init; }

    /// <summary>Who wrote it; null where that account is deleted.</summary>
    public required Guid? CitizenId { get; init; }

    public required string Content { get; set; }

    public TaskCommentKind Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Later than <see cref="CreatedAt"/> where it was changed.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
