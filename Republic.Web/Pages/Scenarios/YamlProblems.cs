using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Web.Pages.Scenarios;

/// <summary>What is wrong with a text, each problem beside the line that it stands in.</summary>
/// <param name="More">How many there are beyond those that are shown.</param>
public sealed record YamlProblems(IReadOnlyList<(ScenarioProblem Problem, string? Line)> Shown, int More)
{
    private const int Most = 50;
    private const int LongestLine = 160;

    public int Count => Shown.Count + More;

    public static YamlProblems Of(string text)
    {
        var errors = ScenarioYaml.Read(text).Problems.Where(problem => problem.IsError).ToList();
        var lines = text.Split('\n');
        return new YamlProblems([.. errors.Take(Most).Select(error => (error, LineOf(error, lines)))], Math.Max(0, errors.Count - Most));
    }

    /// <summary>"Line 12, column 5"; null where it stands in no line.</summary>
    public static string? PlaceOf(ScenarioProblem problem) =>
        problem.Line is not { } line ? null
        : problem.Column is { } column ? $"Line {line}, column {column}"
        : $"Line {line}";

    private static string? LineOf(ScenarioProblem problem, string[] lines)
    {
        if (problem.Line is not { } number || number < 1 || number > lines.Length)
        {
            return null;
        }

        var line = lines[number - 1].Trim();
        return line.Length <= LongestLine ? line : line[..LongestLine] + "…";
    }
}
