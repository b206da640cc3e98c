using Republic.Web.Http.Proxies;

namespace Republic.Web.Pages.Shared;

/// <summary>A choice that is kept in this browser alone. A cookie, so that the server draws the page with it and nothing flashes.</summary>
internal static class BrowserChoice
{
    /// <summary>What was chosen, where it is one of the values that there are.</summary>
    public static string? Read(HttpRequest request, string name, string[] values) =>
        request.Cookies[CookiesOf(request).Name(name)] is { } value && values.Contains(value, StringComparer.Ordinal) ? value : null;

    /// <param name="value">One of the values that there are; anything else takes the choice back.</param>
    public static void Keep(HttpResponse response, string name, string[] values, string? value)
    {
        var request = response.HttpContext.Request;
        var cookies = CookiesOf(request);
        var options = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(400),
            SameSite = SameSiteMode.Lax,
            Secure = cookies.MustBeSecure(request),
        };
        if (value is not null && values.Contains(value, StringComparer.Ordinal))
        {
            response.Cookies.Append(cookies.Name(name), value, options);
        }
        else
        {
            response.Cookies.Delete(cookies.Name(name), options);
        }
    }

    private static SiteCookies CookiesOf(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<SiteCookies>();
}
