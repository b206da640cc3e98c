using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Republic.Core.Chats.Prose;

/// <summary>Formulas stand as they were written; read as prose, their underscores and stars would be eaten.</summary>
internal sealed class MathTextRenderer : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline obj)
    {
        var delimiter = new string(obj.Delimiter, obj.DelimiterCount);
        renderer.Write("<code class=\"math\">").Write(Html.Encode($"{delimiter}{obj.Content}{delimiter}")).Write("</code>");
    }
}
