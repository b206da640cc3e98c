namespace Republic.Core.Training.Gate;

/// <summary>What before and after say of a new version.</summary>
public enum GateVerdict
{
    Better,
    NoChange,
    Worse,

    /// <summary>Under <see cref="GateComparison.FewestPrompts"/> prompts.</summary>
    TooFew,

    /// <summary>Nothing could grade the answers.</summary>
    NotGraded,
}
