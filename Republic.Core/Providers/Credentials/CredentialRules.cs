using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>What a stored key may be.</summary>
public sealed class CredentialRules(ProviderCatalog catalog, OutboundGuard guard)
{
    internal const int LongestLabel = 60;

    /// <param name="current">The key that is changed; null for a new one.</param>
    public IReadOnlyList<FieldError> Check(CredentialInput input, Credential? current, bool isSuperuser)
    {
        var rules = new FieldRules(input.Unreadable);
        rules.Text("label", "The name", input.Label, LongestLabel);
        KeyText.Check(rules, input.ApiKey);
        if (current is not null && input.Provider?.Trim() != current.Provider)
        {
            rules.Add("provider", "A key stays with its provider. Add a new key for another one.");
        }
        else if (catalog.Find(input.Provider?.Trim()) is not { TakesBaseUrl: true } provider)
        {
            rules.Add("provider", Unknown(input.Provider));
        }
        else
        {
            Place(input, current, provider, rules);
        }

        if (current?.IsDefault == true && input.IsDefault == false)
        {
            rules.Add("is_default", "One key is the default. Make another one the default instead.");
        }

        if (input.IsShared == true && !isSuperuser)
        {
            rules.Add("is_shared", "Only a superuser's key can be shared with everybody here.");
        }

        return rules.Errors;
    }

    private void Place(CredentialInput input, Credential? current, ProviderRow provider, FieldRules rules)
    {
        var hasAddress = BaseUrls.Check(rules, "base_url", input.BaseUrl, provider, guard);
        var keeps = current?.SealedKey is not null && !input.ForgetApiKey;
        if (input.TypedKey is not null)
        {
            return;
        }

        if (hasAddress && keeps && Moves(input, current!, provider))
        {
            rules.Add("api_key", "The address has changed. A key is only sent where it was entered for: enter it again, or remove it.");
        }
        else if (!keeps && provider.Key == KeyNeed.Required)
        {
            rules.Add("api_key", $"{provider.DisplayName} needs a key. {provider.Help}");
        }
    }

    private static bool Moves(CredentialInput input, Credential current, ProviderRow provider) =>
        BaseUrls.Destination(provider, input.BaseUrl) != BaseUrls.Destination(provider, current.BaseUrl);

    private string Unknown(string? provider)
    {
        var known = string.Join(", ", catalog.Rows.Where(row => row.TakesBaseUrl).Select(row => row.Name));
        return string.IsNullOrWhiteSpace(provider) ? $"The provider is missing. Choose one of {known}."
            : catalog.Find(provider.Trim()) is { } row ? $"{row.DisplayName} runs inside Republic and takes no key."
            : $"No provider is called “{(provider.Length <= 64 ? provider : provider[..64] + "…")}”. Choose one of {known}.";
    }
}
