namespace Republic.Core.Accounts.Links;

/// <summary>A link with which one person may make an account, once.</summary>
public sealed class Invitation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The SHA-256 of the token in the link.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>For whom it is, in the words of the superuser who made it.</summary>
    public string? Note { get; init; }

    /// <summary>Null where that account is deleted.</summary>
    public Guid? MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Null while it is unused, and where that account is deleted.</summary>
    public Guid? UsedBy { get; set; }
}
