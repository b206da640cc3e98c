namespace Republic.Core.Episodes.Machine;

/// <summary>Where an episode goes on that waits for a person to say so.</summary>
public enum ResumePoint
{
    None,

    /// <summary>The role acts, or tries again.</summary>
    Act,

    /// <summary>Whoever's turn it is next acts.</summary>
    NextActor,

    /// <summary>The director is asked.</summary>
    Judge,

    /// <summary>The state is left.</summary>
    Leave,
}
