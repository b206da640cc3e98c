using Republic.Core.Providers.Credentials;

namespace Republic.Web.Pages.Providers;

/// <summary>A stored key as it is typed.</summary>
public sealed class KeyForm
{
    /// <summary>Stores one key of a form that is sent twice.</summary>
    public Guid? Request { get; set; }

    public string? Provider { get; set; }

    public string? Label { get; set; }

    public string? ApiKey { get; set; }

    public bool ForgetApiKey { get; set; }

    public string? BaseUrl { get; set; }

    public bool IsDefault { get; set; }

    public bool SharesLoad { get; set; }

    public bool IsShared { get; set; }

    public static KeyForm Of(Credential key) =>
        new()
        {
            Provider = key.Provider,
            Label = key.Label,
            BaseUrl = key.BaseUrl,
            IsDefault = key.IsDefault,
            SharesLoad = key.SharesLoad,
            IsShared = key.IsShared,
        };

    public CredentialInput ToInput() =>
        new()
        {
            Provider = Provider,
            Label = Label,
            ApiKey = ApiKey,
            ForgetApiKey = ForgetApiKey,
            BaseUrl = BaseUrl,
            IsDefault = IsDefault,
            SharesLoad = SharesLoad,
            IsShared = IsShared,
        };
}
