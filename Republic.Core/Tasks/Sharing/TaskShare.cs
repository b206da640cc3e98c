using Republic.Core.Data;

namespace Republic.Core.Tasks.Sharing;

/// <summary>
/// A top task shared under the user name that its owner entered, whether or not anybody is called so: to the owner, all shares look the same
/// until the person accepts.
/// </summary>
public sealed class TaskShare : IOwned
{
    public const int LongestName = 100;
    public const int MostPerTask = 20;

    /// <summary>The number of names that one owner may enter in a day (UTC).</summary>
    public const int MostPerDay = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The top task; what is below it comes with it.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>The owner of the task.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The user name as the owner entered it.</summary>
    public required string Name { get; init; }

    public required string NormalizedName { get; init; }

    /// <summary>Null where nobody is called so, and where the person declined.</summary>
    public Guid? PersonId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null before the person accepted: until then they see the title and the owner's name alone.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
}
