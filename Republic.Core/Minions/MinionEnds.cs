using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions;

/// <summary>Which models of people's minions end: those of the servers that they are asked at, which may be a stored key's.</summary>
public sealed class MinionEnds(ModelEnds ends, KeyRings rings, ProviderCatalog catalog)
{
    public async ValueTask<PersonEnds> ForAsync(Guid person, CancellationToken ct) =>
        new(ends, new MinionPlaces(catalog, await rings.OfAsync(person, ct)));
}
