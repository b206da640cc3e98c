using System.Collections.Frozen;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Episodes.Casting;

/// <summary>Who may play the roles of a scenario, and which of the models end that the roles name.</summary>
/// <param name="Deprecations">By the name of the role; of those alone whose model ends.</param>
public sealed record CastOffer(IReadOnlyList<CastChoice> Choices, IReadOnlyDictionary<string, ModelDeprecation> Deprecations)
{
    /// <summary>For whoever may cast nobody.</summary>
    public static CastOffer None { get; } = new([], FrozenDictionary<string, ModelDeprecation>.Empty);

    public CastChoice? Find(Guid? citizen) => Choices.FirstOrDefault(choice => choice.Id == citizen);
}
