using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>What a text was read as.</summary>
/// <param name="Definition">Null where the text is no scenario.</param>
/// <param name="Problems">Why it is none; or what the checks say about it, each with its line and column.</param>
public sealed record YamlReading(ScenarioDefinition? Definition, IReadOnlyList<ScenarioProblem> Problems);
