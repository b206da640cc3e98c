namespace Republic.Core.Scenarios.Definitions;

/// <summary>A state of a scenario.</summary>
public sealed record StateDefinition(string Name, NodeType Type)
{
    public string? Description { get; init; }

    /// <summary>The names of those that act in it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<string> Prompts { get; init; } = [];

    public TurnRule? Turn { get; init; }

    /// <summary>How often each role acts where they act in order.</summary>
    public int? Rounds { get; init; }

    /// <summary>Who gets to know what is said in it; null: the roles that act in it.</summary>
    public Audience? Audience { get; init; }

    /// <summary>The name of the capability that its outcome counts for.</summary>
    public string? Capability { get; init; }

    /// <summary>How long an approval is waited for.</summary>
    public double? TimeoutHours { get; init; }

    /// <summary>What it means that the scenario ended here.</summary>
    public EndResult? Result { get; init; }

    /// <summary>The first that holds is taken.</summary>
    public IReadOnlyList<TransitionDefinition> Next { get; init; } = [];
}
