using Republic.Core.Data;

namespace Republic.Core.Providers.Credentials;

/// <summary>A key that a person keeps for a provider, or a server of theirs that needs none.</summary>
public sealed class Credential : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>A catalogue row's name.</summary>
    public required string Provider { get; init; }

    /// <summary>As its owner calls it; unique among their keys for this provider.</summary>
    public required string Label { get; set; }

    /// <summary>The server that the key was entered for, and the only one it is sent to; null: the provider's own.</summary>
    public string? BaseUrl { get; set; }

    public byte[]? SealedKey { get; set; }

    /// <summary>The key's last characters, to tell it from others.</summary>
    public string? KeyHint { get; set; }

    /// <summary>Since when this key and no other is stored: what became of earlier ones says nothing about it.</summary>
    public DateTimeOffset KeySetAt { get; set; }

    /// <summary>Asked first where a minion names no key. Whoever has keys for a provider has one default among them.</summary>
    public bool IsDefault { get; set; }

    /// <summary>Asked alongside the default, whichever of them is less busy.</summary>
    public bool SharesLoad { get; set; }

    /// <summary>The installation's: people without a key of their own for this provider may use it.</summary>
    public bool IsShared { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
