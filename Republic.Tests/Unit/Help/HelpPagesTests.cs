using System.Text.RegularExpressions;
using Republic.Core.Chats.Prose;
using Republic.Core.Help;
using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Help;

public sealed partial class HelpPagesTests
{
    public static TheoryData<string> Names() => new(HelpPages.All.Select(page => page.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_comes_along_and_says_in_a_sentence_what_it_is_about(string name)
    {
        var page = HelpPages.Find(name)!;

        Assert.NotEmpty(page.Title);
        Assert.InRange(page.Summary.Length, 20, 300);
        Assert.NotEmpty(page.Sections);
        Assert.Equal("", page.Sections[0].Anchor);
        Assert.All(page.Sections.Skip(1), section => Assert.True(section.Anchor.Length > 0 && section.Title.Length > 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_of_a_page_leads_somewhere(string name)
    {
        var html = HelpHtml.Render(HelpPages.Find(name)!);

        foreach (var address in Address().Matches(html).Select(match => match.Groups["address"].Value))
        {
            Assert.True(IsThere(address, name), address);
        }
    }

    /// <summary>Links to what is not shipped are words; the others are counted, so that none becomes words by a slip.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Links_between_pages_and_sections_are_kept(string name)
    {
        var markdown = File.ReadAllText(Path.Combine(SourceRoot(), "docs", $"{name}.md"));
        var meant = Link()
            .Matches(markdown)
            .Count(link =>
                HelpLinks.Resolve(link.Groups["to"].Value) is not null || link.Groups["to"].Value.Contains("://", StringComparison.Ordinal)
            );

        var anchors = Heading().Count(HelpHtml.Render(HelpPages.Find(name)!));
        Assert.Equal(meant, Address().Count(HelpHtml.Render(HelpPages.Find(name)!)) - anchors);
    }

    [Fact]
    public void The_help_of_each_page_of_the_app_is_there() =>
        Assert.All(PageHelp.Pages, page => Assert.True(IsThere(page.Help, ""), page.Help));

    [Theory]
    [InlineData("/training/0197", "/help/training")]
    [InlineData("/training/comparisons", "/help/training#comparing-versions")]
    [InlineData("/providers/spending", "/help/spending")]
    [InlineData("/models/0197", "/help/first-steps#your-first-minion")]
    [InlineData("/models/0197/tools", "/help/tools")]
    [InlineData("/tools/servers/0197", "/help/tool-servers")]
    [InlineData("/tools/calls", "/help/tool-approval")]
    [InlineData("/admin/backups", "/help/backup#on-a-schedule")]
    [InlineData("/admin/doctor", "/help/doctor")]
    [InlineData("/admin/audit", "/help/administration")]
    [InlineData("/welcome", "/help")]
    public void A_page_of_the_app_leads_to_the_help_that_fits(string path, string help) => Assert.Equal(help, PageHelp.Page(path));

    [Theory]
    [InlineData("answers.md#feedback", "/help/answers#feedback")]
    [InlineData("training.md", "/help/training")]
    [InlineData("#sharing", "#sharing")]
    [InlineData("img/chat.png", "/help/img/chat.png")]
    [InlineData("decisions/2026-11-20-muon.md", null)]
    [InlineData("development.md#live-pages", null)]
    [InlineData("../bench/README.md#vectors", null)]
    [InlineData("https://cel.dev", null)]
    [InlineData(null, null)]
    public void A_link_is_resolved_to_what_the_app_has(string? link, string? address) => Assert.Equal(address, HelpLinks.Resolve(link));

    [Fact]
    public void A_page_keeps_its_headings_below_the_title_and_a_table_without_headings_has_none()
    {
        var html = HelpHtml.Render(HelpPages.Find("sprout")!);

        Assert.DoesNotContain("<h1", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"its-text\"><a href=\"#its-text\">Its text</a></h2>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"col\"></th><th scope=\"col\"></th></tr>", html, StringComparison.Ordinal);
        Assert.Contains("<td>file</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_a_page_are_read_without_their_marks()
    {
        var section = Assert.Single(HelpPages.Find("administration")!.Sections, section => section.Anchor == "people");

        Assert.Contains(section.Texts, text => text.StartsWith("Make a superuser, make a member: holds at once", StringComparison.Ordinal));
        Assert.DoesNotContain(section.Texts, text => text.Contains("](", StringComparison.Ordinal) || text.Contains('|'));
    }

    private static bool IsThere(string address, string from)
    {
        if (address.StartsWith("/help/img/", StringComparison.Ordinal))
        {
            using var picture = HelpPages.Picture(address["/help/img/".Length..]);
            return picture is not null;
        }

        if (!address.StartsWith('/') && !address.StartsWith('#'))
        {
            return address.StartsWith("https://", StringComparison.Ordinal);
        }

        var parts = address.Split('#');
        var page = HelpPages.Find(parts[0].Length == 0 ? from : parts[0]["/help/".Length..]);
        return page is not null && (parts.Length == 1 || page.Sections.Any(section => section.Anchor == parts[1]));
    }

    private static string SourceRoot() => Architecture.SourceFile.Root;

    [GeneratedRegex("(?:href|src)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("<h[23] id=", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
