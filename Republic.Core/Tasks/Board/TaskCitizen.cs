using Republic.Core.Citizens;

namespace Republic.Core.Tasks.Board;

/// <summary>A citizen as tasks name it.</summary>
public sealed record TaskCitizen(Guid Id, CitizenKind Kind, string DisplayName, string? Avatar, Guid? AvatarImageId)
{
    /// <summary>What they are called whose account is deleted.</summary>
    public const string Former = "A former member";

    /// <summary>False for a minion that gets the bare request; null where that is not known, and for people.</summary>
    public bool? FollowsTasks { get; init; }
}
