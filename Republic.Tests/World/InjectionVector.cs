namespace Republic.Tests.World;

/// <summary>Where a model reads what somebody else wrote.</summary>
public enum InjectionVector
{
    /// <summary>A passage that was found before the answer began.</summary>
    Passage,

    /// <summary>What search_knowledge gave.</summary>
    FoundPassage,

    /// <summary>What a tool of a server gave.</summary>
    ServerResult,

    /// <summary>What a server says of a tool.</summary>
    Description,

    WebPage,

    /// <summary>What was written under a task.</summary>
    Comment,

    /// <summary>A message of an earlier chat.</summary>
    EarlierChat,
}
