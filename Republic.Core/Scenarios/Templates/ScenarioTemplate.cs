using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Templates;

/// <summary>A scenario to begin with.</summary>
/// <param name="Key">Its name in addresses, e.g. <c>code-review</c>.</param>
public sealed record ScenarioTemplate(string Key, ScenarioDefinition Definition);
