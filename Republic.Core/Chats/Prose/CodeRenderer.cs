using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Republic.Core.Chats.Prose;

/// <summary>Code with its language and a button to copy it.</summary>
internal sealed class CodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    private const int MaxLanguage = 30;

    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var language = Language(obj as FencedCodeBlock);
        renderer
            .Write("<div class=\"code\"><header>")
            .Write(Html.Encode(language ?? "text"))
            .Write(
                "<button class=\"btn btn-quiet btn-sm\" type=\"button\" data-copy-code=\"\">Copy</button></header><pre tabindex=\"0\"><code>"
            )
            .Write(CodeHighlighter.Marked(obj.Lines.ToString(), language))
            .Write("</code></pre></div>");
    }

    private static string? Language(FencedCodeBlock? fenced)
    {
        var info = fenced?.Info?.Trim();
        return string.IsNullOrEmpty(info) || info.Length > MaxLanguage ? null : info;
    }
}
