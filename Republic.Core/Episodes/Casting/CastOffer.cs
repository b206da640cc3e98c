using System.Collections.Frozen;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Episodes.Casting;

/// <summary>The players that a cast form offers for the roles of a scenario, and those models that the roles name and that end.</summary>
/// <param name="Deprecations">By the name of the role; of those alone whose model ends.</param>
public sealed record CastOffer(IReadOnlyList<CastChoice> Choices, IReadOnlyDictionary<string, ModelDeprecation> Deprecations)
{
    /// <summary>For whoever may cast nobody.</summary>
    public static CastOffer None { get; } = new([], FrozenDictionary<string, ModelDeprecation>.Empty);

    public CastChoice? Find(Guid? citizen) => Choices.FirstOrDefault(choice => choice.Id == citizen);
}
