using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;
using Republic.Core.Chats.Prose;

namespace Republic.Tests.Unit.Chats;

public sealed class ProseHtmlTests
{
    private static readonly HashSet<string> Elements =
    [
        "a",
        "blockquote",
        "br",
        "button",
        "code",
        "del",
        "div",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "small",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];

    private static readonly HashSet<string> Attributes =
    [
        "class",
        "data-align",
        "data-copy-code",
        "href",
        "rel",
        "scope",
        "start",
        "tabindex",
        "target",
        "title",
        "type",
    ];

    private static readonly HashSet<string> Classes =
    [
        "as-written",
        "btn btn-quiet btn-sm",
        "c",
        "code",
        "contains-task-list",
        "host",
        "k",
        "math",
        "n",
        "s",
        "table",
        "table-wrap",
        "task-list-item",
    ];

    [Fact]
    public void No_hostile_text_becomes_more_than_words_wherever_it_is_cut_off()
    {
        Assert.True(HostileProse.All.Length >= 100);
        foreach (var payload in HostileProse.All)
        {
            for (var length = 0; length <= payload.Length; length++)
            {
                AssertHarmless(payload[..length], payload);
                AssertHarmless("Some words.\n\n- " + payload[..length], payload);
            }
        }
    }

    [Theory]
    [InlineData("[docs](https://nginx.org/en/docs/)", "https://nginx.org/en/docs/", "nginx.org")]
    [InlineData("<https://nginx.org/>", "https://nginx.org/", "nginx.org")]
    [InlineData("https://nginx.org/a?b=c&d", "https://nginx.org/a?b=c&d", "nginx.org")]
    [InlineData("[mail](mailto:ada@republic.example?body=x)", "mailto:ada@republic.example", "ada@republic.example")]
    public void A_link_leads_where_it_says_and_tells_that_place_nothing(string markdown, string href, string host)
    {
        var link = Dom(ProseHtml.Render(markdown)).Descendants("a").Single();
        Assert.Equal(href, link.Attribute("href")!.Value);
        Assert.Equal(host, link.Attribute("title")!.Value);
        Assert.Equal("noopener noreferrer nofollow", link.Attribute("rel")!.Value);
        Assert.Equal("_blank", link.Attribute("target")!.Value);
    }

    [Fact]
    public void The_host_stands_beside_words_that_do_not_name_it()
    {
        Assert.Contains("<small class=\"host\">evil.example</small>", ProseHtml.Render("[https://bank.example](https://evil.example/)"));
        Assert.Contains("<small class=\"host\">evil.example</small>", ProseHtml.Render("[evil.example.org](https://evil.example/)"));
        Assert.DoesNotContain("class=\"host\"", ProseHtml.Render("https://nginx.org/en/"));
        Assert.Contains("xn--", ProseHtml.Render("[x](https://bücher.example/)"));
    }

    [Fact]
    public void An_image_is_a_link_to_it_and_inside_a_link_only_its_words()
    {
        var image = ProseHtml.Render("![A chart](https://charts.example/1.png)");
        Assert.Contains(">Image: A chart</a>", image);
        var linked = Dom(ProseHtml.Render("[![A chart](https://charts.example/1.png)](https://other.example/)"));
        Assert.Equal("https://other.example/", linked.Descendants("a").Single().Attribute("href")!.Value);
        Assert.Equal("A chart", linked.Descendants("a").Single().Value);
    }

    [Fact]
    public void Code_has_its_language_and_a_button_and_keeps_every_character()
    {
        const string Code = "if (a < b && c) { return \"</script>\"; } // done";
        var dom = Dom(ProseHtml.Render($"```js\n{Code}\n```"));
        Assert.Equal(Code, dom.Descendants("code").Single().Value);
        Assert.StartsWith("js", dom.Descendants("header").Single().Value);
        Assert.Equal("button", dom.Descendants("button").Single().Attribute("type")!.Value);
        Assert.Contains(dom.Descendants("span"), span => span.Attribute("class")!.Value == "k" && span.Value == "if");
    }

    [Fact]
    public void Tables_lists_and_headings_have_their_elements()
    {
        var dom = Dom(ProseHtml.Render("# Title\n\n1. one\n2. two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> said\n\n- [x] done\n- [ ] open"));
        Assert.Equal("Title", dom.Descendants("h3").Single().Value);
        Assert.Equal(["one", "two"], dom.Descendants("ol").Single().Elements("li").Select(li => li.Value.Trim()));
        Assert.Equal("right", dom.Descendants("td").Last().Attribute("data-align")!.Value);
        Assert.Equal("table-wrap", dom.Descendants("table").Single().Parent!.Attribute("class")!.Value);
        Assert.Equal(["☑ done", "☐ open"], dom.Descendants("ul").Single().Elements("li").Select(li => li.Value.Trim()));
    }

    [Theory]
    [InlineData("The area is $a_1 * b_1 * c$ here.", "$a_1 * b_1 * c$")]
    [InlineData("$$\n\\sum_{i=0}^n a_i\n$$", "\\sum_{i=0}^n a_i")]
    public void Mathematics_stands_as_it_was_written(string markdown, string math) =>
        Assert.Contains(math, Dom(ProseHtml.Render(markdown)).Value);

    [Fact]
    public void Prices_are_not_mathematics() =>
        Assert.Equal("It costs $5 and then $10.", Dom(ProseHtml.Render("It costs $5 and then $10.")).Value);

    [Fact]
    public void A_single_line_break_is_kept() => Assert.Single(Dom(ProseHtml.Render("one\ntwo")).Descendants("br"));

    [Fact]
    public void Every_block_is_one_element_so_that_a_page_can_replace_the_tail_by_number()
    {
        const string Text =
            "# Title\n\nwords\n\n```\ncode\n```\n\n- a\n- b\n\n[r]: https://a.example/\n\n> quote\n\n---\n\n| a |\n|---|\n| 1 |\n\n$$\nx\n$$\n\nlast";
        for (var length = 0; length <= Text.Length; length++)
        {
            foreach (var block in ProseHtml.Blocks(Text[..length]))
            {
                Assert.Single(Dom(block).Nodes());
            }
        }
    }

    [Fact]
    public void Text_made_to_break_the_parser_is_shown_as_it_was_written()
    {
        string[] monsters =
        [
            string.Concat(Enumerable.Repeat("> ", 20_000)) + "x",
            string.Concat(Enumerable.Repeat("- ", 5_000)) + "x",
            new string('[', 20_000),
            string.Concat(Enumerable.Repeat("![](", 5_000)),
            string.Concat(Enumerable.Repeat("*a **b ", 5_000)),
            string.Concat(Enumerable.Repeat("`", 9_999)) + "x",
            string.Concat(Enumerable.Repeat("a|", 20_000)) + "\n-|-",
            new string('\n', 100_000),
            new string('$', 20_001),
            string.Concat(Enumerable.Repeat("<a ", 20_000)),
            new string('x', 300_000),
        ];
        foreach (var monster in monsters)
        {
            AssertHarmless(monster, monster[..Math.Min(20, monster.Length)]);
        }
    }

    private static void AssertHarmless(string markdown, string payload)
    {
        var html = ProseHtml.Render(markdown);
        foreach (var element in Dom(html).Descendants())
        {
            Assert.True(Elements.Contains(element.Name.LocalName), $"<{element.Name}> from {payload}");
            foreach (var attribute in element.Attributes())
            {
                var name = attribute.Name.LocalName;
                Assert.True(Attributes.Contains(name), $"{name} from {payload}");
                Assert.True(name != "class" || Classes.Contains(attribute.Value), $"class {attribute.Value} from {payload}");
                if (name == "href")
                {
                    var address = new Uri(attribute.Value, UriKind.Absolute);
                    Assert.True(address.Scheme is "http" or "https" or "mailto", $"{attribute.Value} from {payload}");
                    Assert.True(address.Scheme == "mailto" || address.UserInfo.Length == 0, $"{attribute.Value} from {payload}");
                    Assert.Equal("a", element.Name.LocalName);
                }
            }
        }
    }

    // What is rendered is also well-formed XML, so a strict parser, and none of ours, says what a browser would make of it.
    private static XElement Dom(string html)
    {
        using var text = new StringReader($"<root>{html}</root>");
        using var reader = XmlReader.Create(text, new XmlReaderSettings { CheckCharacters = false });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }
}
