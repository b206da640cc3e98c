namespace Republic.Core.Scenarios;

/// <summary>What a state of a scenario is.</summary>
public enum NodeType
{
    /// <summary>Where it begins; there is one.</summary>
    Start,

    /// <summary>Its roles act, as its prompts say.</summary>
    Action,

    /// <summary>Nobody acts; its transitions decide.</summary>
    Decision,

    /// <summary>One role approves, rejects or asks for changes.</summary>
    Approval,

    /// <summary>Where it is over.</summary>
    End,
}
