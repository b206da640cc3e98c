using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions.Models;

/// <summary>Which models of people's minions end: those of the servers that they are asked at, which may be a stored key's.</summary>
public sealed class MinionDeprecations(ModelDeprecations deprecations, CredentialCache credentials, ProviderCatalog catalog)
{
    public async ValueTask<PersonDeprecations> ForAsync(Guid person, CancellationToken ct) =>
        new(deprecations, new MinionPlaces(catalog, await credentials.OfAsync(person, ct)), catalog);
}
