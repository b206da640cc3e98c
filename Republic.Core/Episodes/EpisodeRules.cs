namespace Republic.Core.Episodes;

/// <summary>How many episodes there are, and how long what is written in them may be.</summary>
public static class EpisodeRules
{
    public const int Most = 5000;

    /// <summary>Of one person, that are not over.</summary>
    public const int MostAtOnce = 20;
    public const int MostTimelines = 500;

    /// <summary>Of a step or a message, in characters: an entry with it stays within 64 KiB.</summary>
    public const int LongestText = 10_000;
    public const int LongestDescription = 400;
}
