namespace Republic.Core.Episodes.Reading;

/// <summary>Who plays a role, or played it.</summary>
/// <param name="RoleId">The role of that name in the scenario's draft; null where it has none any more.</param>
/// <param name="Name">The citizen's name; null where they are gone.</param>
/// <param name="Description">How they play it here; null where nothing was said of it, or the viewer does not get to know.</param>
/// <param name="UntilSeq">The number of the entry by which somebody else took over; null while they play it.</param>
public sealed record AssignmentCard(
    Guid Id,
    string Role,
    Guid? RoleId,
    Guid UserId,
    string? Name,
    bool IsPerson,
    string? Description,
    long FromSeq,
    long? UntilSeq,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
