namespace Republic.Core.Tasks;

/// <summary>The last number that was given to a task of a person.</summary>
public sealed class TaskNumbers
{
    public required Guid OwnerId { get; init; }

    public int Last { get; set; }
}
