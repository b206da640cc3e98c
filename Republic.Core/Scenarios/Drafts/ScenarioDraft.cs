using System.Collections.Frozen;
using Republic.Core.Providers.Listings;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Drafts;

/// <summary>All of a scenario's draft: its rows, the definition that they make, and what is wrong with it.</summary>
/// <param name="Problems">Those of the draft, then those of the newest version that the draft no longer has.</param>
public sealed record ScenarioDraft(
    ScenarioCard Scenario,
    IReadOnlyList<RoleCard> Roles,
    IReadOnlyList<StateCard> States,
    IReadOnlyList<StateTransition> Transitions,
    ScenarioDefinition Definition,
    IReadOnlyList<ScenarioProblem> Problems
)
{
    /// <summary>True where it differs from its newest version; false where none was published.</summary>
    public bool IsChanged { get; init; }

    /// <summary>When the models end that roles name, by the name of the role; of those alone that end.</summary>
    public IReadOnlyDictionary<string, ModelDeprecation> Deprecations { get; init; } = FrozenDictionary<string, ModelDeprecation>.Empty;

    /// <summary>Whether it can be published.</summary>
    public bool IsSound => !Problems.Any(problem => problem.IsError);

    public StateCard? State(string? name) => States.FirstOrDefault(state => state.Name == name);

    public RoleCard? Role(string? name) => Roles.FirstOrDefault(role => role.Name == name);
}
