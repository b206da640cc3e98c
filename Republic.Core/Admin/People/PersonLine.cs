namespace Republic.Core.Admin.People;

/// <summary>Somebody with an account, as superusers see them: that things exist and what they cost, never what is in them.</summary>
/// <param name="LastSeenAt">To a minute or so; null where they never signed in.</param>
/// <param name="DeactivatedAt">Null for somebody who may sign in.</param>
public sealed record PersonLine(
    Guid Id,
    string Name,
    string Email,
    bool IsSuperuser,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? DeactivatedAt
)
{
    public PersonFigures Figures { get; init; } = PersonFigures.None;
}
