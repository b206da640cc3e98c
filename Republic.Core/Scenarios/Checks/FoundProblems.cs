namespace Republic.Core.Scenarios.Checks;

/// <summary>Collects the problems of a scenario.</summary>
internal sealed class FoundProblems
{
    private readonly List<ScenarioProblem> found = [];

    public IReadOnlyList<ScenarioProblem> All => found;

    public void Error(string path, string message) => found.Add(new ScenarioProblem(ProblemSeverity.Error, path, message));

    public void Warning(string path, string message) => found.Add(new ScenarioProblem(ProblemSeverity.Warning, path, message));
}
