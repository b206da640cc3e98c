using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Republic.Core.Chats.Prose;

/// <summary><c>&lt;https://…&gt;</c>, with the same rules as every link.</summary>
internal sealed class SafeAutolinkRenderer : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline obj)
    {
        var to = SafeAddress.Of(obj.IsEmail ? $"mailto:{obj.Url}" : obj.Url);
        if (to is null)
        {
            renderer.Write(Html.Encode($"<{obj.Url}>"));
            return;
        }

        LinkHtml.Open(renderer, to);
        renderer.Write(Html.Encode(obj.Url));
        LinkHtml.Close(renderer, to, obj.Url);
    }
}
