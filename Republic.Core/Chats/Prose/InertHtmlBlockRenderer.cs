using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>As <see cref="InertHtmlInlineRenderer"/>, for whole blocks.</summary>
internal sealed class InertHtmlBlockRenderer : HtmlObjectRenderer<HtmlBlock>
{
    protected override void Write(HtmlRenderer renderer, HtmlBlock obj) =>
        renderer.Write("<p>").Write(Html.Encode(obj.Lines.ToString())).Write("</p>");
}
