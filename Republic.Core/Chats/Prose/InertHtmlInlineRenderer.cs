using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Republic.Core.Chats.Prose;

/// <summary>The parser makes no HTML; should one slip through some day, it is text.</summary>
internal sealed class InertHtmlInlineRenderer : HtmlObjectRenderer<HtmlInline>
{
    protected override void Write(HtmlRenderer renderer, HtmlInline obj) => renderer.Write(Html.Encode(obj.Tag));
}
