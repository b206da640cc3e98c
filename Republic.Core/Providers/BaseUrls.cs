using Republic.Core.Security;

namespace Republic.Core.Providers;

/// <summary>Addresses of servers that people enter.</summary>
internal static class BaseUrls
{
    /// <returns>False: it is no address that anything could be sent to.</returns>
    public static bool Check(FieldRules rules, string field, string? baseUrl, ProviderRow provider, OutboundGuard guard)
    {
        if (string.IsNullOrWhiteSpace(baseUrl))
        {
            if (provider.BaseUrl is null)
            {
                rules.Add(
                    field,
                    $"{provider.DisplayName} has no address of its own. Enter your server's base URL, such as https://models.example.org/v1."
                );
            }

            return provider.BaseUrl is not null;
        }

        if (!provider.TakesBaseUrl)
        {
            rules.Add(field, $"{provider.DisplayName} runs inside Republic and has no address. Leave the base URL empty.");
            return false;
        }

        rules.Text(field, "The base URL", baseUrl, 2000);
        if (!Uri.TryCreate(baseUrl.Trim(), UriKind.Absolute, out var address))
        {
            rules.Add(field, "The base URL is not an address. It looks like https://models.example.org/v1.");
            return false;
        }

        if (address.Fragment.Length > 0)
        {
            rules.Add(field, $"The base URL ends with “{address.Fragment}”, which is sent to no server. Leave out what begins with #.");
        }

        foreach (var error in guard.Check(address)?.Fields ?? [])
        {
            rules.Add(field, error.Message);
        }

        return true;
    }

    /// <summary>Where a key that was entered for this address goes, in one spelling.</summary>
    public static string? Destination(ProviderRow? provider, string? baseUrl)
    {
        var typed = baseUrl?.Trim();
        var address =
            string.IsNullOrEmpty(typed) ? provider?.BaseUrl?.AbsoluteUri
            // What is no address is refused elsewhere, and is the same as nothing but itself.
            : Uri.TryCreate(typed, UriKind.Absolute, out var known) ? known.AbsoluteUri
            : typed;
        return address?.TrimEnd('/');
    }
}
