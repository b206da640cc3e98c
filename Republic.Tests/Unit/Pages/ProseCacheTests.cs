using Republic.Core.Chats.Prose;
using Republic.Web.Pages.Tasks;

namespace Republic.Tests.Unit.Pages;

public sealed class ProseCacheTests
{
    [Fact]
    public void A_text_is_rendered_once_and_again_when_it_was_changed()
    {
        var id = Guid.CreateVersion7();

        var html = ProseCache.Of(id, "*Done*").Html;

        Assert.Equal("<p><em>Done</em></p>", html);
        Assert.Same(html, ProseCache.Of(id, new string("*Done*")).Html);
        Assert.Equal("<p><em>Undone</em></p>", ProseCache.Of(id, "*Undone*").Html);
        Assert.NotSame(html, ProseCache.Of(Guid.CreateVersion7(), "*Done*").Html);
    }

    [Fact]
    public void What_it_cites_is_kept_with_it()
    {
        var id = Guid.CreateVersion7();

        var text = ProseCache.Of(id, "It is so [2].", new Citations(id, 2));

        Assert.Equal([2], text.Cited);
        Assert.Contains($"s-{id}-2", text.Html, StringComparison.Ordinal);
        Assert.Same(text, ProseCache.Of(id, "It is so [2].", new Citations(id, 2)));
        Assert.Empty(ProseCache.Of(id, "It is so [2].").Cited);
    }

    [Fact]
    public void Many_who_ask_at_the_same_moment_get_the_same_text()
    {
        const int many = 8;
        var (id, text) = (Guid.CreateVersion7(), string.Concat(Enumerable.Repeat("- *one* of **many** `words`\n", 700)));
        using var ready = new Barrier(many);
        var texts = new string[many];
        Thread[] tabs =
        [
            .. Enumerable
                .Range(0, many)
                .Select(i => new Thread(() =>
                {
                    ready.SignalAndWait();
                    texts[i] = ProseCache.Of(id, text).Html;
                })),
        ];
        Array.ForEach(tabs, tab => tab.Start());
        Array.ForEach(tabs, tab => tab.Join());

        Assert.All(texts, html => Assert.Same(texts[0], html));
    }
}
