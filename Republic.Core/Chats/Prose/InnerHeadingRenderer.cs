using System.Globalization;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>A text's own headings stand below those of the page that shows it.</summary>
internal sealed class InnerHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    private const int PageLevels = 2;

    protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
    {
        var level = Math.Min(obj.Level + PageLevels, 6).ToString(CultureInfo.InvariantCulture);
        renderer.Write("<h").Write(level).Write(">").WriteLeafInline(obj).Write("</h").Write(level).Write(">");
    }
}
