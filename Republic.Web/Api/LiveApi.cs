using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

internal static class LiveApi
{
    /// <summary>The one stream of a browser, shared by its tabs.</summary>
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/live", Open).ExcludeFromDescription();

    private static LiveStream Open(BrowserFeed feed, CurrentPerson person, HttpRequest request, string? after, CancellationToken ct)
    {
        var last = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : after;
        return new LiveStream(feed.Open(person.Id, last, ct).Items);
    }
}
