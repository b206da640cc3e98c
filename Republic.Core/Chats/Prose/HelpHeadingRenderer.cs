using System.Globalization;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>A heading that can be linked to, and is a link to itself.</summary>
internal sealed class HelpHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
    {
        var (level, anchor) = (obj.Level.ToString(CultureInfo.InvariantCulture), Html.Encode(obj.GetAttributes().Id!));
        renderer.Write($"<h{level} id=\"{anchor}\"><a href=\"#{anchor}\">").WriteLeafInline(obj).Write($"</a></h{level}>");
    }
}
