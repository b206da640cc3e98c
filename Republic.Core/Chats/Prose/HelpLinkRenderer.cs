using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using Republic.Core.Help;

namespace Republic.Core.Chats.Prose;

/// <summary>Links to other pages of help, and to other sites; what leads to a file that is not in the app is its words alone.</summary>
internal sealed class HelpLinkRenderer : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        if (HelpLinks.Resolve(obj.Url) is { } address)
        {
            WriteInside(renderer, obj, Html.Encode(address));
        }
        else if (!obj.IsImage && SafeAddress.Of(obj.Url) is { } site)
        {
            LinkHtml.Open(renderer, site);
            renderer.WriteChildren(obj);
            LinkHtml.Close(renderer, site, HelpMarkdown.Plain(obj));
        }
        else
        {
            renderer.WriteChildren(obj);
        }
    }

    private static void WriteInside(HtmlRenderer renderer, LinkInline link, string address)
    {
        if (link.IsImage)
        {
            renderer.Write($"<img src=\"{address}\" alt=\"{Html.Encode(HelpMarkdown.Plain(link))}\" loading=\"lazy\">");
            return;
        }

        renderer.Write($"<a href=\"{address}\">");
        renderer.WriteChildren(link);
        renderer.Write("</a>");
    }
}
