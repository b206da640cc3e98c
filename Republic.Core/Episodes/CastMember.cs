namespace Republic.Core.Episodes;

/// <summary>Who plays a role.</summary>
/// <param name="Citizen">The id of a person or a minion.</param>
public sealed record CastMember(Guid Citizen, bool IsPerson);
