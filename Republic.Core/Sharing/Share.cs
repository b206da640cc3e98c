using Republic.Core.Data;

namespace Republic.Core.Sharing;

/// <summary>
/// A subject shared under the user name that its owner entered, whether or not anybody is called so: to the owner, all shares look the same
/// until the person accepts. Each kind of subject has a class and a table of its own.
/// </summary>
public abstract class Share : IOwned
{
    public const int LongestName = 100;
    public const int MaxPage = 200;
    public const int MostPerSubject = 20;

    /// <summary>The number of names that one owner may enter in a day (UTC), for subjects of one kind.</summary>
    public const int MostPerDay = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid SubjectId { get; init; }

    public Guid OwnerId { get; init; }

    /// <summary>The user name as the owner entered it.</summary>
    public string Name { get; init; } = "";

    public string NormalizedName { get; init; } = "";

    /// <summary>Null where nobody is called so, and where the person declined.</summary>
    public Guid? PersonId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null before the person accepted: until then they see the subject's title and the owner's name alone.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
}
