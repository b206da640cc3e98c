using Republic.Core.Citizens;
using Republic.Core.Providers.Listings;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Casting;

/// <summary>A citizen as forms offer them for a role.</summary>
/// <param name="Model">The model that answers for a minion; null for people.</param>
/// <param name="SentTo">The provider that a minion sends what its role knows to; null for people, and where the model runs on this machine.</param>
/// <param name="Collections">How many collections are searched for a minion's answers.</param>
/// <param name="Deprecation">When the model that answers for a minion ends; null for people, and where no end was announced.</param>
public sealed record CastChoice(
    Guid Id,
    CitizenKind Kind,
    string DisplayName,
    string? Avatar,
    Guid? AvatarImageId,
    string? Model,
    string? SentTo,
    int Collections,
    ModelDeprecation? Deprecation
)
{
    public bool Fits(RoleDefinition role) => CastRules.Fits(role, Kind);
}
