using System.Globalization;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Prose;

/// <summary>A small number that leads to the source below the answer.</summary>
internal sealed class CiteRenderer : HtmlObjectRenderer<CiteInline>
{
    protected override void Write(HtmlRenderer renderer, CiteInline obj)
    {
        foreach (var number in obj.Numbers)
        {
            var n = number.ToString(CultureInfo.InvariantCulture);
            renderer.Write($"<a class=\"cite\" href=\"#s-{obj.Message}-{n}\" aria-label=\"Source {n}\">{n}</a>");
        }
    }
}
