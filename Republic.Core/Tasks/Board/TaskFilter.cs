using Republic.Core.Data;

namespace Republic.Core.Tasks.Board;

/// <summary>A view of the board that a person saved under a name.</summary>
public sealed class TaskFilter : IOwned
{
    public const int Most = 50;
    public const int LongestQuery = 1000;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required string Name { get; set; }

    /// <summary>The query string of the page that shows it, without the question mark.</summary>
    public required string Query { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
