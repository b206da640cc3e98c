using Republic.Core.Citizens;

namespace Republic.Core.Tasks.Board;

/// <summary>A citizen as tasks name it.</summary>
public sealed record TaskCitizen(Guid Id, CitizenKind Kind, string DisplayName, string? Avatar, Guid? AvatarImageId)
{
    /// <summary>False for a minion that gets the bare request; null where that is not known, and for people.</summary>
    public bool? FollowsTasks { get; init; }
}
