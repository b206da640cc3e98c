using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

/// <summary>The panel beside a chat: open or folded, if somebody chose; otherwise shown where the text keeps its measure.</summary>
internal static class SidePanel
{
    public const string Open = "open";
    public const string Folded = "folded";

    private const string Name = "chat-side";
    private static readonly string[] Values = [Open, Folded];

    public static string? Chosen(HttpRequest request) => BrowserChoice.Read(request, Name, Values);

    public static void Choose(HttpResponse response, string? state) => BrowserChoice.Keep(response, Name, Values, state);
}
