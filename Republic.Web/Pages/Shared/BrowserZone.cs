using Republic.Core.Times;

namespace Republic.Web.Pages.Shared;

/// <summary>The time zone of a browser. Its script sets a cookie, so that the server renders times and no script rewrites them.</summary>
public static class BrowserZone
{
    // A script cannot know whether this site prefixes its cookies, and who plants this one changes nothing but how times read.
    private const string Cookie = "zone";

    /// <summary>Null where it is not known.</summary>
    public static TimeZoneInfo? Of(HttpRequest request) => TimeZoneNames.Find(request.Cookies[Cookie]);
}
