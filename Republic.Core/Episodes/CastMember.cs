namespace Republic.Core.Episodes;

/// <summary>A citizen in a role of an episode.</summary>
/// <param name="Citizen">The id of a person or a minion.</param>
public sealed record CastMember(Guid Citizen, bool IsPerson)
{
    /// <summary>Instructions to the player on the role in this episode, such as *is new in the team*; null for nothing.</summary>
    public string? Description { get; init; }
}
