namespace Republic.Web.Pages.Shared;

/// <summary>Light or dark, if the person chose; otherwise the page follows the system. A cookie, so that no page flashes.</summary>
public static class Theme
{
    public const string CookieName = "theme";

    public static string? Chosen(HttpRequest request) => request.Cookies[CookieName] is { } value and ("light" or "dark") ? value : null;

    public static void Choose(HttpResponse response, string theme)
    {
        if (theme is "light" or "dark")
        {
            response.Cookies.Append(
                CookieName,
                theme,
                new CookieOptions
                {
                    HttpOnly = true,
                    IsEssential = true,
                    MaxAge = TimeSpan.FromDays(400),
                    SameSite = SameSiteMode.Lax,
                    Secure = response.HttpContext.Request.IsHttps,
                }
            );
        }
        else
        {
            response.Cookies.Delete(CookieName);
        }
    }
}
