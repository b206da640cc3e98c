using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes;

/// <summary>What is set for one episode before it is started.</summary>
/// <param name="Limits">In place of those of the scenario; null: as there.</param>
/// <param name="Seed">Of random numbers that conditions read.</param>
/// <param name="Facts">Values in place of those of the scenario's facts.</param>
public sealed record EpisodeConfig(
    ScenarioLimits? Limits,
    long Seed,
    ImmutableSortedDictionary<string, JsonElement>? Facts,
    ImmutableSortedDictionary<string, CastMember> Cast
);
