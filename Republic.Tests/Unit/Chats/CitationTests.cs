using Republic.Core.Chats.Prose;

namespace Republic.Tests.Unit.Chats;

public sealed class CitationTests
{
    private static readonly Citations Three = new(Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), 3);

    [Theory]
    [InlineData("A fact.[1]", new[] { 1 })]
    [InlineData("A fact [1][2].", new[] { 1, 2 })]
    [InlineData("A fact [1, 3].", new[] { 1, 3 })]
    [InlineData("- a **fact [2]**", new[] { 2 })]
    [InlineData("| a |\n|---|\n| b [3] |", new[] { 3 })]
    [InlineData("[1]: https://evil.example/\n\nA fact [1].", new[] { 1 })]
    public void A_number_that_exists_leads_to_its_source(string markdown, int[] numbers)
    {
        var html = ProseHtml.Render(markdown, Three);

        Assert.All(
            numbers,
            n => Assert.Contains($"<a class=\"cite\" href=\"#s-{Three.Message}-{n}\" aria-label=\"Source {n}\">{n}</a>", html)
        );
        Assert.Equal(numbers.Length, html.Split("class=\"cite\"").Length - 1);
        Assert.DoesNotContain("evil.example", html);
        Assert.Equal(numbers, ProseHtml.Cited(markdown, 3).Order());
    }

    [Theory]
    [InlineData("A fact [4].")]
    [InlineData("A fact [0] [x] [1, 9] [ ] [].")]
    [InlineData("`list[1]`")]
    [InlineData("```\nlist[1]\n```")]
    [InlineData(@"A fact \[1\].")]
    [InlineData("[1](https://example.org/)")]
    [InlineData("[1")]
    public void Other_brackets_stay_what_they_are(string markdown)
    {
        Assert.DoesNotContain("class=\"cite\"", ProseHtml.Render(markdown, Three));
        Assert.Equal(ProseHtml.Render(markdown), ProseHtml.Render(markdown, Three));
        Assert.Empty(ProseHtml.Cited(markdown, 3));
    }

    [Fact]
    public void Without_passages_no_number_is_a_citation() =>
        Assert.DoesNotContain("cite", ProseHtml.Render("A fact [1].", new Citations(Guid.Empty, 0)));
}
