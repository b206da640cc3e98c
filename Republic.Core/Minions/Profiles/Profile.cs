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
    // Not parameters: runs that were stored before there were any have none.
    public IReadOnlyList<string> Traits { get; init; } = [];

    public IReadOnlyList<string> Interests { get; init; } = [];

    public static Profile Of(Minion minion) =>
        new(minion.Citizen.DisplayName, minion.Description, minion.Personality, minion.Citizen.Skills, minion.BehaviorConfig)
        {
            Traits = minion.Citizen.PersonalityTraits,
            Interests = minion.Citizen.Interests,
        };
}
