namespace Republic.Core.Episodes;

/// <summary>Why an episode does not go on by itself.</summary>
public enum EpisodeWait
{
    /// <summary>A person is to act.</summary>
    Person,

    /// <summary>A person is to choose what happens next.</summary>
    Choice,

    /// <summary>A limit on turns, time, tokens or money is reached.</summary>
    Limit,

    /// <summary>It was not started, a person paused it, or it is a fork.</summary>
    Paused,

    /// <summary>Nothing leads on, or a step failed.</summary>
    Stuck,
}
