namespace Republic.Core.Providers.Routing;

/// <summary>One call on its way through the router: what is asked, of which models, what is written down of it, and since when it is under way.</summary>
internal sealed class RoutedCall(ModelRoute route, ModelRequest request, RouteLog log, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();

    public ModelRoute Route => route;

    public ModelRequest Request => request;

    public RouteLog Log => log;

    /// <summary>The time since the call was made, with all attempts and pauses.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(started);
}
