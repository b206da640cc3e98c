namespace Republic.Core.Scenarios.Checks;

/// <summary>Something wrong with a scenario.</summary>
/// <param name="Path">The element and its field: <c>states.review.next[1].when</c>, <c>roles.reviewer</c>, <c>limits.turns</c>; empty for the whole.</param>
/// <param name="Message">The fact, and what to do about it.</param>
public sealed record ScenarioProblem(ProblemSeverity Severity, string Path, string Message)
{
    /// <summary>In the text it was read from, from 1; null where it was read from none.</summary>
    public int? Line { get; init; }

    /// <summary>From 1.</summary>
    public int? Column { get; init; }

    /// <summary>The number of the published version that has it; null: the draft or the text.</summary>
    public int? Version { get; init; }

    public bool IsError => Severity == ProblemSeverity.Error;

    /// <summary>The name of the state that it stands at; null where it stands at none.</summary>
    public string? State => NameBelow("states.");

    public string? Role => NameBelow("roles.");

    public string? Fact => NameBelow("facts.");

    private string? NameBelow(string prefix) =>
        Path.StartsWith(prefix, StringComparison.Ordinal) ? Path[prefix.Length..].Split('.', '[')[0] : null;
}
