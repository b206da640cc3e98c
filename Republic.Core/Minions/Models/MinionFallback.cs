using Republic.Core.Providers;

namespace Republic.Core.Minions.Models;

/// <summary>A model that answers for a minion where its own does not.</summary>
/// <param name="Provider">A catalogue row's name.</param>
/// <param name="BaseUrl">Null: the provider's own.</param>
/// <param name="CredentialId">The stored key to ask with; null: the minion's at the same place, else the default.</param>
public sealed record MinionFallback(string Provider, string ModelId, string? BaseUrl = null, Guid? CredentialId = null)
{
    /// <summary>Whether a minion's key may go to its fallback: a key is only sent where it was entered for.</summary>
    internal bool IsAt(ProviderCatalog catalog, string? provider, string? baseUrl) =>
        CredentialId is null
        && Provider == provider
        && BaseUrls.Destination(catalog.Find(Provider), BaseUrl) == BaseUrls.Destination(catalog.Find(provider), baseUrl);

    internal MinionFallback Trimmed() =>
        this with
        {
            Provider = Provider.Trim(),
            ModelId = ModelId.Trim(),
            BaseUrl = string.IsNullOrWhiteSpace(BaseUrl) ? null : BaseUrl.Trim(),
        };
}
