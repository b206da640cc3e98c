namespace Republic.Core.Tasks;

/// <summary>One change of a task, for its history.</summary>
public sealed class TaskActivity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid TaskId { get; init; }

    /// <summary>Who changed it; null where that citizen is gone.</summary>
    public Guid? CitizenId { get; init; }

    public required TaskActivityKind Kind { get; init; }

    /// <summary>The value before, for people; null where there was none.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
