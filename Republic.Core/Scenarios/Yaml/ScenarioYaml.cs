using System.Text;
using Republic.Core.Minions.Models;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using YamlDotNet.Core;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Reads and writes scenarios as text, in YAML.</summary>
public static class ScenarioYaml
{
    /// <summary>Of a text as UTF-8.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>Never throws.</summary>
    /// <param name="deprecations">Which models end, for whoever is to be warned of them; null where nobody is.</param>
    public static YamlReading Read(string yaml, PersonDeprecations? deprecations = null)
    {
        if (Encoding.UTF8.GetByteCount(yaml) > MostBytes)
        {
            return new YamlReading(
                null,
                [
                    new(
                        ProblemSeverity.Error,
                        "",
                        $"The text has more than {MostBytes:n0} bytes, as many as are read. Shorten prompts or facts."
                    )
                    {
                        Line = 1,
                        Column = 1,
                    },
                ]
            );
        }

        var problems = new ReadProblems();
        try
        {
            var definition = ScenarioReader.Read(YamlTree.Read(yaml.TrimStart('\uFEFF')), problems);
            return problems.Found.Count > 0
                ? new YamlReading(null, problems.Found)
                : new YamlReading(definition, [.. ScenarioChecks.Of(definition!, deprecations).Select(problems.Located)]);
        }
        catch (YamlException refused)
        {
            return new YamlReading(
                null,
                [new(ProblemSeverity.Error, "", Message(refused)) { Line = (int)refused.Start.Line, Column = (int)refused.Start.Column }]
            );
        }
    }

    /// <summary>The canonical text: fields in a fixed order, one to a line. Reading it gives the same definition.</summary>
    public static string Write(ScenarioDefinition definition) => ScenarioWriter.Write(definition);

    // An error of the parser that came without its position is within one that has it.
    private static string Message(YamlException refused) =>
        (refused.InnerException ?? refused) is SyntaxErrorException or SemanticErrorException
            ? $"The text is no YAML here: {refused.Message}"
            : refused.Message;
}
