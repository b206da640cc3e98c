namespace Republic.Core.Security;

/// <summary>A host on this machine or its networks that a superuser has allowed everybody here to use.</summary>
public sealed class AllowedHost
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary><c>host:port</c> in its plain spelling, an IPv6 address in brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Null once that person is gone.</summary>
    public Guid? AllowedBy { get; init; }

    public required DateTimeOffset AllowedAt { get; init; }
}
