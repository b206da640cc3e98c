namespace Republic.Web.Pages.Shared;

/// <summary>Light or dark, if the person chose; otherwise the page follows the system.</summary>
public static class Theme
{
    private const string Name = "theme";
    private static readonly string[] Values = ["light", "dark"];

    public static string? Chosen(HttpRequest request) => BrowserChoice.Read(request, Name, Values);

    public static void Choose(HttpResponse response, string theme) => BrowserChoice.Keep(response, Name, Values, theme);
}
