namespace Republic.Core.Providers.Overview;

/// <summary>How a provider is doing for one person, by the calls of the last day and by who is left alone just now.</summary>
public enum ProviderState
{
    /// <summary>No judged call in thirty days.</summary>
    NotUsed,

    /// <summary>No judged call in the last day.</summary>
    NotToday,

    /// <summary>At least four of five judged calls of the last day were answered, and the last one reached it.</summary>
    Healthy,

    /// <summary>Half of today's answers took more than twice as long as half of the month's.</summary>
    Slow,

    /// <summary>Fewer than four of five judged calls of the last day were answered, however many there were.</summary>
    Failing,

    /// <summary>It could not be reached the last time.</summary>
    Offline,

    /// <summary>It is left alone for a while.</summary>
    Paused,
    KeyRefused,
}
