using Republic.Core.Scenarios.Checks;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>What is wrong with a text, and where in it each element stands.</summary>
internal sealed class ReadProblems
{
    private const int Most = 50;
    private readonly List<ScenarioProblem> found = [];
    private readonly Dictionary<string, YamlNode> marks = new(StringComparer.Ordinal);

    public IReadOnlyList<ScenarioProblem> Found => found;

    public void Add(YamlNode at, string path, string message)
    {
        if (found.Count < Most)
        {
            found.Add(new ScenarioProblem(ProblemSeverity.Error, path, message) { Line = at.Line, Column = at.Column });
        }
    }

    public void Mark(string path, YamlNode node) => marks[path] = node;

    /// <summary>The problem with the line and column of its element, or of what that is in.</summary>
    public ScenarioProblem Located(ScenarioProblem problem)
    {
        for (var path = problem.Path; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
        {
            if (marks.TryGetValue(path, out var node))
            {
                return problem with { Line = node.Line, Column = node.Column };
            }
        }

        return marks.TryGetValue("", out var root) ? problem with { Line = root.Line, Column = root.Column } : problem;
    }
}
