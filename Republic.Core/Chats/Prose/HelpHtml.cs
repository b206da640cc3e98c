using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Republic.Core.Help;

namespace Republic.Core.Chats.Prose;

/// <summary>A page of help, without its title, as HTML: its headings are anchors, and its links lead within the app.</summary>
public static class HelpHtml
{
    public static string Render(HelpPage page)
    {
        using var writer = new StringWriter();
        var html = new HtmlRenderer(writer);
        html.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new ScrollingTableRenderer());
        html.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeRenderer());
        html.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new HelpHeadingRenderer());
        html.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new HelpLinkRenderer());
        foreach (var block in page.Document.Where(block => block is not HeadingBlock { Level: 1 }))
        {
            html.Write(block);
        }

        return writer.ToString();
    }
}
