namespace Republic.Core.Accounts.Links;

/// <summary>A link that a superuser made, with which a person chooses a new password without the old one, once.</summary>
public sealed class PasswordReset
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid PersonId { get; init; }

    /// <summary>The SHA-256 of the token in the link.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Null where that account is deleted, and for one made in a terminal.</summary>
    public Guid? MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When its person last read of it at the sign-in.</summary>
    public DateTimeOffset? NoticedAt { get; set; }
}
