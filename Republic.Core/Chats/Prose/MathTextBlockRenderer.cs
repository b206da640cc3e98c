using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Republic.Core.Chats.Prose;

/// <summary>As <see cref="MathTextRenderer"/>, for formulas on lines of their own.</summary>
internal sealed class MathTextBlockRenderer : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
        renderer.Write("<pre class=\"math\" tabindex=\"0\">").Write(Html.Encode(obj.Lines.ToString())).Write("</pre>");
}
