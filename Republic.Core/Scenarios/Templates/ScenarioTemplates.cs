using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Scenarios.Templates;

/// <summary>The scenarios that come with the program.</summary>
public static class ScenarioTemplates
{
    public static IReadOnlyList<ScenarioTemplate> All { get; } = [Read("code-review"), Read("debate"), Read("interview"), Read("research")];

    public static ScenarioTemplate? Find(string? key) => All.FirstOrDefault(template => template.Key == key);

    private static ScenarioTemplate Read(string key)
    {
        using var stream = typeof(ScenarioTemplates).Assembly.GetManifestResourceStream(
            $"{typeof(ScenarioTemplates).Namespace}.{key}.yaml"
        )!;
        using var reader = new StreamReader(stream);
        return new ScenarioTemplate(key, ScenarioYaml.Read(reader.ReadToEnd()).Definition!);
    }
}
