namespace Republic.Core.Scenarios.Checks;

/// <summary>A problem of a scenario as the JSON API has it.</summary>
/// <param name="Severity">error or warning.</param>
/// <param name="Line">In the text that was sent, from 1; null where there was none.</param>
/// <param name="Version">The number of the published version that has it; null: the draft or the text.</param>
public sealed record ProblemCard(string Severity, string Path, int? Line, int? Column, string Message, int? Version)
{
    /// <summary>The member of answers that lists them.</summary>
    internal const string Member = "problems";

    public static IReadOnlyList<ProblemCard> Of(IReadOnlyList<ScenarioProblem> problems) =>
        [.. problems.Select(p => new ProblemCard(p.IsError ? "error" : "warning", p.Path, p.Line, p.Column, p.Message, p.Version))];
}
