namespace Republic.Core.Scenarios.Checks;

/// <summary>Whether a scenario with a problem can be published.</summary>
public enum ProblemSeverity
{
    /// <summary>It cannot.</summary>
    Error,

    /// <summary>It can, but may not do what is meant.</summary>
    Warning,
}
