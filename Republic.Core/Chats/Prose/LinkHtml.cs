using Markdig.Renderers;

namespace Republic.Core.Chats.Prose;

/// <summary>A link that says where it leads, and tells that place nothing about us.</summary>
internal static class LinkHtml
{
    public static void Open(HtmlRenderer html, SafeAddress to) =>
        html.Write("<a href=\"")
            .Write(Html.Encode(to.Href))
            .Write("\" title=\"")
            .Write(Html.Encode(to.Host))
            .Write("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");

    /// <summary>The host stands beside words that do not name it: a link must not pass for another.</summary>
    public static void Close(HtmlRenderer html, SafeAddress to, string shownText)
    {
        html.Write("</a>");
        if (!NamesHost(shownText, to.Host))
        {
            html.Write(" <small class=\"host\">").Write(Html.Encode(to.Host)).Write("</small>");
        }
    }

    // “https://bank.example” may be the words of a link to evil.example/bank.example, so only the beginning counts.
    private static bool NamesHost(string text, string host)
    {
        var start = text.AsSpan().Trim();
        foreach (var prefix in (string[])["https://", "http://", "mailto:"])
        {
            if (start.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                start = start[prefix.Length..];
            }
        }

        return start.StartsWith(host, StringComparison.OrdinalIgnoreCase)
            && (start.Length == host.Length || start[host.Length] is '/' or '?' or '#' or ':');
    }
}
