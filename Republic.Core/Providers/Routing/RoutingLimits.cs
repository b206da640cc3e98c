namespace Republic.Core.Providers.Routing;

/// <summary>Section <c>Providers:Routing</c>: how often and how long the router tries.</summary>
public sealed class RoutingLimits
{
    /// <summary>How often all candidates are gone through before the call fails.</summary>
    public int Rounds { get; set; } = 3;

    /// <summary>Before the second round; doubled for each further one, and spread by half.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Where a provider asks for more patience than this, the caller is told instead.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>No round begins later than this: whoever asked has waited long enough.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row after which a key of a provider is left alone.</summary>
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>For how long at first; doubled as long as the call that is let through then fails too.</summary>
    public TimeSpan OpenFor { get; set; } = TimeSpan.FromSeconds(15);

    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(5);
}
