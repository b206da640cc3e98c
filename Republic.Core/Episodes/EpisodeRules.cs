namespace Republic.Core.Episodes;

/// <summary>How many episodes there are, and how long what is written in them may be.</summary>
public static class EpisodeRules
{
    public const int Most = 5000;

    /// <summary>Episodes and forks of one person that are under way.</summary>
    public const int MostAtOnce = 20;

    /// <summary>Of a timeline, after which nobody adds to it from outside.</summary>
    public const int MostEntries = 10_000;
    public const int MostTimelines = 500;

    /// <summary>Of a step or a message, in characters: an entry with it stays within 64 KiB.</summary>
    public const int LongestText = 10_000;
    public const int LongestDescription = 400;
}
