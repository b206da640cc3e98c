namespace Republic.Core.Providers.Routing;

/// <summary>What a call is made for, as usage pages tell it apart.</summary>
public enum CallPurpose
{
    Chat,

    /// <summary>An outside client on <c>/v1</c>.</summary>
    Outside,
    Training,

    /// <summary>To find what is worth remembering of a person.</summary>
    Memory,
    Test,

    /// <summary>A test of what is not stored: it costs what it costs, and says nothing of how stored keys are doing.</summary>
    Draft,

    /// <summary>Vectors of passages and questions, and golden questions drafted from them.</summary>
    Knowledge,

    /// <summary>A version of a minion in a person's comparison.</summary>
    Comparison,

    /// <summary>A minion's work on a task.</summary>
    Task,

    /// <summary>A minion in a role of an episode, or its director.</summary>
    Episode,
}
