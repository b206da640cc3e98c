namespace Republic.Core.Episodes;

/// <summary>A citizen in a role of an episode.</summary>
/// <param name="Citizen">The id of a person or a minion.</param>
public sealed record CastMember(Guid Citizen, bool IsPerson)
{
    /// <summary>How they play it here, in a few words; null where nothing was said of it.</summary>
    public string? Description { get; init; }
}
