namespace Republic.Core.Scenarios.Definitions;

/// <summary>
/// A scenario as its text has it: what is checked, drawn, compared and played. Elements refer to each other by name, and may refer to what
/// is not there: that is for <see cref="Checks.ScenarioChecks"/> to say.
/// </summary>
public sealed record ScenarioDefinition
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The name of the role that learns.</summary>
    public string? Learner { get; init; }

    public IReadOnlyList<RoleDefinition> Roles { get; init; } = [];

    public IReadOnlyList<FactDefinition> Facts { get; init; } = [];

    public ScenarioLimits Limits { get; init; } = new();

    public IReadOnlyList<StateDefinition> States { get; init; } = [];

    public StateDefinition? State(string name) => States.FirstOrDefault(state => state.Name == name);
}
