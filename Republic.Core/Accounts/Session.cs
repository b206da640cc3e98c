namespace Republic.Core.Accounts;

/// <summary>
/// One sign-in, by cookie or bearer token. Its id travels in the claims; without the row the cookie is worth nothing,
/// so signing out and changing the password end it everywhere at once.
/// </summary>
public sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid PersonId { get; init; }

    public required string Client { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To ten minutes; what has rested too long is removed.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>The refresh token that is good for the next pair; null for a browser's session.</summary>
    public Guid? RefreshId { get; set; }
}
