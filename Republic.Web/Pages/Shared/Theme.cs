using Republic.Web.Http.Proxies;

namespace Republic.Web.Pages.Shared;

/// <summary>Light or dark, if the person chose; otherwise the page follows the system. A cookie, so that no page flashes.</summary>
public static class Theme
{
    public static string? Chosen(HttpRequest request) =>
        request.Cookies[CookiesOf(request).Name("theme")] is { } value and ("light" or "dark") ? value : null;

    public static void Choose(HttpResponse response, string theme)
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
        if (theme is "light" or "dark")
        {
            response.Cookies.Append(cookies.Name("theme"), theme, options);
        }
        else
        {
            response.Cookies.Delete(cookies.Name("theme"), options);
        }
    }

    private static SiteCookies CookiesOf(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<SiteCookies>();
}
