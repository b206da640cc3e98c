namespace Republic.Core.Scenarios;

/// <summary>What decides whether a transition is taken.</summary>
public enum TransitionKind
{
    /// <summary>Nothing: it is the only one of its state.</summary>
    Always,

    /// <summary>A condition that is evaluated (<see cref="Expressions.Cel"/>).</summary>
    When,

    /// <summary>A question that the director's model answers.</summary>
    Ask,

    /// <summary>A person, who is shown its label.</summary>
    Manual,

    /// <summary>That no other one of its state is taken.</summary>
    Else,
}
