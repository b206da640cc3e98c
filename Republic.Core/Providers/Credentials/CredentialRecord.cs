namespace Republic.Core.Providers.Credentials;

/// <summary>A stored key as the JSON API returns it. The key itself never comes out again; the hint says which one it is.</summary>
public sealed record CredentialRecord
{
    public CredentialRecord(Credential credential, ProviderRow? row)
    {
        Id = credential.Id;
        Provider = credential.Provider;
        DisplayName = row?.DisplayName ?? credential.Provider;
        Label = credential.Label;
        BaseUrl = credential.BaseUrl;
        ApiKeySet = credential.SealedKey is not null;
        ApiKeyHint = credential.KeyHint;
        IsDefault = credential.IsDefault;
        SharesLoad = credential.SharesLoad;
        IsShared = credential.IsShared;
        CreatedAt = credential.CreatedAt;
        UpdatedAt = credential.UpdatedAt;
    }

    public Guid Id { get; }

    public string Provider { get; }

    public string DisplayName { get; }

    public string Label { get; }

    /// <summary>Null: the provider's own.</summary>
    public string? BaseUrl { get; }

    public bool ApiKeySet { get; }

    public string? ApiKeyHint { get; }

    public bool IsDefault { get; }

    public bool SharesLoad { get; }

    public bool IsShared { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; }
}
