namespace Republic.Core.Scenarios;

/// <summary>What it means that a scenario ended in a state.</summary>
public enum EndResult
{
    Success,
    Failure,
    Neutral,
}
