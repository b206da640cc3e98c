namespace Republic.Core.Episodes;

/// <summary>What ended an episode.</summary>
public enum EpisodeEnd
{
    /// <summary>An end of the scenario.</summary>
    Scenario,
    Person,

    /// <summary>A step that failed three times.</summary>
    Failures,
}
