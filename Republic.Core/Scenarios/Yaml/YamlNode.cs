namespace Republic.Core.Scenarios.Yaml;

/// <summary>A part of a YAML document.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record YamlNode(int Line, int Column);
