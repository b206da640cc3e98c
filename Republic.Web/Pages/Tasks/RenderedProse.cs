using Republic.Core.Chats.Prose;

namespace Republic.Web.Pages.Tasks;

/// <summary>A text as HTML. It is rendered when that is first asked for, and whoever asks meanwhile waits for it.</summary>
internal sealed class RenderedProse(string text, Citations? citations)
{
    private readonly Lazy<string> html = new(() => ProseHtml.Render(text, citations));
    private readonly Lazy<IReadOnlySet<int>> cited = new(() => ProseHtml.Cited(text, citations?.Passages ?? 0));

    public string Html => html.Value;

    /// <summary>The numbers of passages that it names.</summary>
    public IReadOnlySet<int> Cited => cited.Value;
}
