using System.Text;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Republic.Core.Chats.Prose;

/// <summary>Links to safe addresses. An image becomes a link to it: loading it would tell its server what was said here.</summary>
internal sealed class SafeLinkRenderer : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        var to = SafeAddress.Of(obj.GetDynamicUrl?.Invoke() ?? obj.Url);
        if (obj.IsImage)
        {
            WriteImage(renderer, obj, to);
        }
        else if (to is null)
        {
            renderer.WriteChildren(obj);
        }
        else
        {
            LinkHtml.Open(renderer, to);
            renderer.WriteChildren(obj);
            LinkHtml.Close(renderer, to, Words(obj));
        }
    }

    private static void WriteImage(HtmlRenderer html, LinkInline image, SafeAddress? to)
    {
        var words = Words(image) is { Length: > 0 } alt ? alt : "image";
        if (to is null || IsInsideLink(image))
        {
            html.Write(Html.Encode(words));
            return;
        }

        LinkHtml.Open(html, to);
        html.Write(Html.Encode($"Image: {words}"));
        LinkHtml.Close(html, to, "");
    }

    private static bool IsInsideLink(Inline inline)
    {
        for (var parent = inline.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline { IsImage: false })
            {
                return true;
            }
        }

        return false;
    }

    private static string Words(ContainerInline inline)
    {
        var words = new StringBuilder();
        foreach (var part in inline.Descendants())
        {
            _ = part switch
            {
                LiteralInline literal => words.Append(literal.Content.AsSpan()),
                CodeInline code => words.Append(code.Content),
                HtmlEntityInline entity => words.Append(entity.Transcoded.AsSpan()),
                LineBreakInline => words.Append(' '),
                _ => words,
            };
        }

        return words.ToString();
    }
}
