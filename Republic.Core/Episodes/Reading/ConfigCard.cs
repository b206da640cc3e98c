using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Reading;

/// <summary>What was set for an episode before it was started, as somebody sees it. Facts may be what they are not to know, and so may how others play.</summary>
/// <param name="Limits">In place of those of the scenario; null: as there.</param>
/// <param name="Seed">Of random numbers that conditions read; null where the viewer does not see all.</param>
/// <param name="Facts">Values in place of those of the scenario's facts; null where there are none, or the viewer does not see all.</param>
public sealed record ConfigCard(
    ScenarioLimits? Limits,
    long? Seed,
    ImmutableSortedDictionary<string, JsonElement>? Facts,
    ImmutableSortedDictionary<string, CastMember> Cast
)
{
    internal static ConfigCard Of(EpisodeConfig config, EpisodeViewer viewer) =>
        new(
            config.Limits,
            viewer.SeesAll ? config.Seed : null,
            viewer.SeesAll ? config.Facts : null,
            config.Cast.ToImmutableSortedDictionary(
                part => part.Key,
                part => viewer.KnowsHow(part.Value.Citizen) ? part.Value : part.Value with { Description = null },
                StringComparer.Ordinal
            )
        );
}
