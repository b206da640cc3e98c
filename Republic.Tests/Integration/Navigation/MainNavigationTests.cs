using System.Net;
using System.Text.RegularExpressions;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Navigation;

/// <summary>Where each page stands in the navigation, and what waits where.</summary>
public sealed partial class MainNavigationTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task It_has_six_entries_and_the_menu_of_the_person_and_a_phone_has_the_same()
    {
        string[] entries = ["/chats", "/models", "/tasks", "/scenarios", "/training", "/datasets"];
        string[] menu = ["/providers", "/providers/spending", "/analytics", "/account", "/help/tasks"];
        var page = await PageAsync(republic.Jonas, "/tasks");

        Assert.Equal(entries, Addresses(Entries().Match(page)));
        Assert.Equal(menu, Addresses(Menu().Match(page)));
        Assert.Equal(["/search", "/scenarios", "/datasets", .. menu], Addresses(Sheet().Match(page)));
        Assert.Equal([.. menu[..^1], "/admin", menu[^1]], Addresses(Menu().Match(await PageAsync(republic.Mira, "/tasks"))));
    }

    [Theory]
    [InlineData("/chats", "/chats", "page")]
    [InlineData("/models", "/models", "page")]
    [InlineData("/models/new", "/models", "true")]
    [InlineData("/citizens", "/models", "true")]
    [InlineData("/tools/calls", "/models", "true")]
    [InlineData("/tasks?view=list", "/tasks", "page")]
    [InlineData("/tasks/shared", "/tasks", "true")]
    [InlineData("/episodes", "/scenarios", "true")]
    [InlineData("/training/comparisons", "/training", "true")]
    [InlineData("/datasets", "/datasets", "page")]
    [InlineData("/knowledge/new", "/datasets", "true")]
    [InlineData("/memories/settings", "/datasets", "true")]
    [InlineData("/personal-models", "/datasets", "true")]
    [InlineData("/help/hardware", "/datasets", "true")]
    [InlineData("/providers/add", "/providers", "true")]
    [InlineData("/providers/prices", "/providers/spending", "true")]
    [InlineData("/account/tokens", "/account", "true")]
    [InlineData("/admin/audit", "/admin", "true")]
    [InlineData("/help/training", "/help", "true")]
    public async Task A_page_marks_the_entry_that_it_belongs_to(string path, string entry, string current)
    {
        var page = await PageAsync(republic.Mira, path);

        Assert.Equal([(entry, current)], Marked(page));
        // On a phone the entry may be behind More, and the person's are in a menu that is closed.
        Assert.Equal(
            entry is "/scenarios" or "/datasets" || !Addresses(Entries().Match(page)).Contains(entry),
            IsMarked(More().Match(page))
        );
        Assert.Equal(!Addresses(Entries().Match(page)).Contains(entry), IsMarked(Summary().Match(page)));
    }

    [Fact]
    public async Task Every_page_marks_one_entry()
    {
        var browser = await republic.Mira.BrowserAsync();
        var seen = 0;
        List<string> wrong = [];
        var paths = (await Routes.PagesAsync(republic.Services)).Select(page => page.Path);
        // The search belongs to all of them.
        foreach (var path in paths.Where(path => path is not "/search" && !path.Contains('{')))
        {
            using var response = await browser.GetAsync(path);
            var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.StatusCode == HttpStatusCode.OK && Entries().IsMatch(page))
            {
                seen++;
                if (Marked(page) is not [_])
                {
                    wrong.Add($"{path}: {string.Join(", ", Marked(page))}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(seen > 30, $"Only {seen} pages have the navigation.");
    }

    [Theory]
    [InlineData("Minions", "/models", "/citizens")]
    [InlineData("Scenarios", "/scenarios", "/episodes")]
    [InlineData("Training", "/training", "/training/chats", "/training/comparisons")]
    [InlineData("Library", "/datasets", "/knowledge", "/memories", "/personal-models")]
    public async Task The_pages_that_a_section_begins_with_are_its_tabs(string section, params string[] tabs)
    {
        foreach (var tab in tabs)
        {
            var line = Topline().Match(await PageAsync(republic.Jonas, tab));

            Assert.Contains($"aria-label=\"{section}\"", line.Value, StringComparison.Ordinal);
            Assert.Equal(tabs, Addresses(line).SkipLast(1));
            Assert.StartsWith("/help/", Addresses(line)[^1], StringComparison.Ordinal);
            Assert.Equal([(tab, "page")], Current(line));
        }

        Assert.DoesNotMatch(Topline(), await PageAsync(republic.Jonas, "/knowledge/new"));
        Assert.DoesNotMatch(Topline(), await PageAsync(republic.Jonas, "/chats"));
    }

    [Fact]
    public async Task What_waits_is_counted_at_its_entry_and_added_up_on_what_is_closed()
    {
        var person = await republic.NewPersonAsync("Waited for");
        Assert.Contains("id=\"more-waiting\" hidden", await PageAsync(person, "/memories"), StringComparison.Ordinal);

        var planted = new PlantedWaiting(republic, person);
        var minion = (await person.NewMinionAsync("keeper")).Id;
        await planted.ProposalAsync(minion, "I live in Oslo.");
        await planted.ProposalAsync(minion, "My dog is called Rex.");
        await planted.CallAsync(await planted.KeyAsync(), minutesAgo: 1, ProviderErrorKind.BadKey);
        await PlayedEpisode.AloneAsync(person, "waits");
        var page = await PageAsync(person, "/memories");

        Assert.Contains("Library,2waitingforyou", Words(Entries().Match(page)), StringComparison.Ordinal);
        Assert.Contains("Scenarios,1waitingforyou", Words(Entries().Match(page)), StringComparison.Ordinal);
        Assert.Contains("More,4waitingforyou", Words(Entries().Match(page)), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"more-waiting\" hidden", page, StringComparison.Ordinal);
        Assert.EndsWith(",1waitingforyou", Words(Summary().Match(page)), StringComparison.Ordinal);
        Assert.Contains("Providers,1keyrefused", Words(Menu().Match(page)), StringComparison.Ordinal);
        Assert.Contains("Scenarios,1waitingforyouLibrary,2waitingforyou", Words(Sheet().Match(page)), StringComparison.Ordinal);
        Assert.Contains("Memories,2waitingforyou", Words(Topline().Match(page)), StringComparison.Ordinal);
        Assert.Contains("data-waiting=\"2\"", await PageAsync(person, "/memories/waiting"), StringComparison.Ordinal);
        Assert.DoesNotContain("data-waiting", await PageAsync(republic.Ada, "/memories/waiting"), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Inhabitant person, string path) => await (await person.BrowserAsync()).ReadAsync(path);

    private static List<string> Addresses(Match part) => [.. Link().Matches(part.Value).Select(link => link.Groups["address"].Value)];

    private static List<(string Address, string Current)> Current(Match part) =>
        [
            .. Link()
                .Matches(part.Value)
                .Where(link => link.Groups["current"].Success)
                .Select(link => (link.Groups["address"].Value, link.Groups["current"].Value)),
        ];

    private static List<(string Address, string Current)> Marked(string page) =>
        [.. Current(Entries().Match(page)), .. Current(Menu().Match(page))];

    private static bool IsMarked(Match tag) => tag.Value.Contains("aria-current=\"true\"", StringComparison.Ordinal);

    /// <summary>What is read there, without its spaces.</summary>
    private static string Words(Match part) => WebUtility.HtmlDecode(TagOrSpace().Replace(part.Value, ""));

    [GeneratedRegex("""<nav class="nav nav-main".*?</nav>""", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entries();

    [GeneratedRegex("""<details class="me-menu">.*?</details>""", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Menu();

    [GeneratedRegex("""<summary class="me".*?</summary>""", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();

    [GeneratedRegex("""<div class="sheet nav" id="more".*?</div>""", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sheet();

    [GeneratedRegex("""<div class="topline">.*?</div>""", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Topline();

    [GeneratedRegex("""<button class="only-phone"[^>]*>""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex More();

    [GeneratedRegex(
        """<a [^>]*?href="(?<address>[^"]*)"(?:\s+aria-current="(?<current>[^"]*)")?""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Link();

    [GeneratedRegex(@"<[^>]*>|\s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TagOrSpace();
}
