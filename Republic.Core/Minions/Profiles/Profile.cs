using System.Text.Json;

namespace Republic.Core.Minions.Profiles;

/// <summary>What a minion's character is made of, apart from its instructions.</summary>
public sealed record Profile(
    string Name,
    string? Description,
    string? Personality,
    IReadOnlyList<string> Skillset,
    JsonElement? BehaviorConfig
)
{
    public static Profile Of(Minion minion) =>
        new(minion.Citizen.DisplayName, minion.Description, minion.Personality, minion.Skillset, minion.BehaviorConfig);
}
