namespace Republic.Core.Scenarios.Yaml;

/// <summary>The JSON Schema of the texts of scenarios, for editors that complete and check them.</summary>
public static class ScenarioSchema
{
    /// <summary>Of draft 2020-12.</summary>
    public static string Json { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(ScenarioSchema).Assembly.GetManifestResourceStream("scenario-1.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
