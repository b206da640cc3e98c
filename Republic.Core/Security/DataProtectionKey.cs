namespace Republic.Core.Security;

/// <summary>One key of the cookie ring, sealed by the master key. In the database so that every node reads the same cookies.</summary>
public sealed class DataProtectionKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}
