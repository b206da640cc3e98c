using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>Where a model may be asked with a stored key, or none: the key says where it goes.</summary>
internal static class PlaceRules
{
    /// <param name="prefix">Of the fields to blame, <c>base_url</c> and <c>credential_id</c>, as the JSON API spells them.</param>
    /// <returns>False: there is no address that anything could be sent to.</returns>
    public static bool Check(
        FieldRules rules,
        string prefix,
        ModelReference reference,
        ProviderRow provider,
        CredentialSet keys,
        OutboundGuard guard
    )
    {
        var (field, keyField) = ($"{prefix}base_url", $"{prefix}credential_id");
        var named = keys.Find(reference.Credential);
        if (reference.Credential is not null && named?.Provider != provider.Name)
        {
            rules.Add(
                keyField,
                named is null
                    ? "No key of yours has this id. Choose one of those under Providers."
                    : $"Your key {named.Label} is for another provider than {provider.DisplayName}. Choose one that is for it."
            );
            return false;
        }

        if (string.IsNullOrWhiteSpace(reference.BaseUrl) && keys.AddressOf(provider, reference.Credential) is not null)
        {
            return true;
        }

        var isFine = BaseUrls.Check(rules, field, reference.BaseUrl, provider, guard);
        if (
            isFine
            && named is not null
            && BaseUrls.Destination(provider, reference.BaseUrl) != BaseUrls.Destination(provider, named.BaseUrl)
        )
        {
            rules.Add(field, $"Your key {named.Label} goes to another address. Leave the base URL empty, or choose another key.");
        }

        return isFine;
    }
}
