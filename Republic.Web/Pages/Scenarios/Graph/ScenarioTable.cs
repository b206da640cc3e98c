using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Scenarios.Graph;

/// <summary>What the picture of a scenario shows, as a table.</summary>
/// <param name="Link">The address of a state, by its name.</param>
public sealed record ScenarioTable(ScenarioDefinition Definition, Func<string, string> Link);
