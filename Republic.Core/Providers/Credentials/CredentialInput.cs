using System.Text.Json.Serialization;

namespace Republic.Core.Providers.Credentials;

/// <summary>What a person may set of a stored key, with the names of the JSON API in snake case.</summary>
public sealed record CredentialInput
{
    public string? Provider { get; set; }

    public string? Label { get; set; }

    public string? BaseUrl { get; set; }

    /// <summary>Write-only. Null keeps the key that is stored.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Takes the stored key away; JSON says it with an explicit null.</summary>
    [JsonIgnore]
    public bool ForgetApiKey { get; set; }

    public bool? IsDefault { get; set; }

    public bool? SharesLoad { get; set; }

    public bool? IsShared { get; set; }

    /// <summary>What was sent but could not be read at all. Reported with the rest.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    /// <summary>The key that was typed, without what a clipboard adds.</summary>
    internal string? TypedKey => string.IsNullOrWhiteSpace(ApiKey) ? null : ApiKey.Trim();

    /// <summary>A key as it stands, so that a change of a few fields is laid over it.</summary>
    public static CredentialInput Of(Credential credential)
    {
        return new()
        {
            Provider = credential.Provider,
            Label = credential.Label,
            BaseUrl = credential.BaseUrl,
            IsDefault = credential.IsDefault,
            SharesLoad = credential.SharesLoad,
            IsShared = credential.IsShared,
        };
    }
}
