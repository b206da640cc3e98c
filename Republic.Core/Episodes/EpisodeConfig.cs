using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes;

/// <summary>The settings of one episode: limits, facts, seed and cast, chosen before it starts.</summary>
/// <param name="Limits">In place of those of the scenario; null: as there.</param>
/// <param name="Seed">Of random numbers that conditions read.</param>
/// <param name="Facts">Values in place of those of the scenario's facts.</param>
public sealed record EpisodeConfig(
    ScenarioLimits? Limits,
    long Seed,
    ImmutableSortedDictionary<string, JsonElement>? Facts,
    ImmutableSortedDictionary<string, CastMember> Cast
);
