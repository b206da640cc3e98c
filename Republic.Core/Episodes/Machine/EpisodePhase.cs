namespace Republic.Core.Episodes.Machine;

/// <summary>What an episode does, or waits for.</summary>
public enum EpisodePhase
{
    /// <summary>It was not started.</summary>
    Ready,

    /// <summary>A minion acts, or is to.</summary>
    Asking,

    /// <summary>A person is to act.</summary>
    Waiting,

    /// <summary>The director decides, or is to.</summary>
    Judging,

    /// <summary>A person is to choose a transition.</summary>
    Choosing,

    /// <summary>A limit is reached.</summary>
    Limited,

    /// <summary>Nothing leads on, or a step failed.</summary>
    Stuck,
    Over,

    /// <summary>A minion acts, and its step waits for the owner to decide on tool calls.</summary>
    Deciding,
}
