namespace Republic.Core.Providers.Routing;

public enum RouteOutcome
{
    /// <summary>Not asked; the reason says why.</summary>
    PassedOver,

    /// <summary>Asked, and no word of an answer came.</summary>
    Failed,
    Answered,

    /// <summary>Not asked: the same was asked before, and the answer was remembered.</summary>
    Cached,

    /// <summary>The answer began and did not come to its end.</summary>
    BrokeOff,

    /// <summary>Whoever asked went away, or stopped it.</summary>
    Cancelled,
}
