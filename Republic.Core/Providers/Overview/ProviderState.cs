namespace Republic.Core.Providers.Overview;

/// <summary>How a provider is doing for one person, by the calls of the last day and by who is left alone just now.</summary>
public enum ProviderState
{
    /// <summary>No call in thirty days.</summary>
    NotUsed,

    /// <summary>No call in the last day.</summary>
    NotToday,
    Healthy,

    /// <summary>Half of today's answers took more than twice as long as half of the month's.</summary>
    Slow,

    /// <summary>Fewer than four of five calls of the last day were answered.</summary>
    Failing,

    /// <summary>It could not be reached the last time.</summary>
    Offline,

    /// <summary>It is left alone for a while.</summary>
    Paused,
    KeyRefused,
}
