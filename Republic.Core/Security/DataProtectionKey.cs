namespace Republic.Core.Security;

/// <summary>One key of the cookie ring, sealed for its row. In the database so that every node reads the same cookies.</summary>
public sealed class DataProtectionKey
{
    public static readonly SealedColumn SealedKeys = new("data_protection_keys", "sealed_xml");

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string FriendlyName { get; init; }

    public byte[]? SealedXml { get; set; }

    /// <summary>As rows were kept before each was sealed for itself: only the secret inside was sealed, and in all of them alike.</summary>
    public string? Xml { get; set; }
}
