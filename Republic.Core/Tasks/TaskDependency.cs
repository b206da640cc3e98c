namespace Republic.Core.Tasks;

/// <summary>The task waits until the other one is done.</summary>
public sealed class TaskDependency
{
    public required Guid TaskId { get; init; }

    public required Guid DependsOnId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
