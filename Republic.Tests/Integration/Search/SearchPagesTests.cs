using System.Net;
using System.Text.RegularExpressions;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Search;

/// <summary><c>/search</c> without scripts, and the lines of the palette.</summary>
public sealed partial class SearchPagesTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sentence_is_found_marked_and_led_to_and_not_by_anybody_else()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("The lighthouse keeper counts herons.");
        var chat = await Chat.BeginAsync(republic.Jonas, vendor, "warden");
        await chat.AskAsync("Who counts?");

        var page = await FoundAsync(republic.Jonas, "q=herons", "<mark>herons</mark>");

        Assert.Contains("The lighthouse keeper counts", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/chats/{chat.Id}", page, StringComparison.Ordinal);
        var hers = await (await republic.Ada.BrowserAsync()).ReadAsync("/search?q=herons");
        Assert.Contains("Nothing found", hers, StringComparison.Ordinal);
        Assert.DoesNotContain("lighthouse", hers, StringComparison.Ordinal);
        Assert.DoesNotContain("lighthouse", await PaletteAsync(republic.Ada, "q=herons"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_narrowed_and_what_cannot_be_read_is_said()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Kestrels hover.");
        var person = await republic.NewPersonAsync("Narrows");
        var sage = await person.NewMinionAsync("sage", vendor);
        var other = await person.NewMinionAsync("other", vendor);
        await (await Chat.BeginAsync(person, sage.Id)).AskAsync("What do they do?");
        await FoundAsync(person, "q=kestrels", "<mark>Kestrels</mark>");
        var browser = await person.BrowserAsync();

        foreach (var narrow in new[] { "kind=task", $"minion={other.Id}", "kind=message&from=2999-01-01", "kind=message&until=2001-01-01" })
        {
            var page = await browser.ReadAsync($"/search?q=kestrels&{narrow}");
            Assert.Contains("Nothing found", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/search?q=kestrels\"", page, StringComparison.Ordinal);
        }

        var within = await browser.ReadAsync($"/search?q=kestrels&kind=message&minion={sage.Id}&from=2001-01-01&until=2999-01-01");
        Assert.Contains("<mark>Kestrels</mark>", within, StringComparison.Ordinal);
        Assert.Contains("value=\"2001-01-01\"", within, StringComparison.Ordinal);
        var unread = await browser.ReadAsync("/search?q=kestrels&kind=unicorn&from=yesterday");
        Assert.Contains("left out: kind, from.", unread, StringComparison.Ordinal);
        Assert.Contains("<mark>Kestrels</mark>", unread, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_comes_by_a_link_that_brings_rows_alone_where_a_script_asks()
    {
        var person = await republic.NewPersonAsync("Lists");
        var tasks = new Tasked(republic, person);
        for (var i = 0; i < 25; i++)
        {
            await tasks.MakeAsync(null, $"Whitewash fence {i}");
        }

        var first = await FoundAsync(person, "q=whitewash&kind=task", "id=\"more-found\"");
        var address = WebUtility.HtmlDecode(More().Match(first).Groups["address"].Value);
        var browser = await person.BrowserAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("HX-Request", "true");
        using var response = await browser.Http.SendAsync(request, Ct);
        var rows = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal((20, 5), (TasksIn(first).Count, TasksIn(rows).Count));
        Assert.Equal(25, TasksIn(first).Union(TasksIn(rows)).Count());
        Assert.DoesNotContain("<html", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("more-found", rows, StringComparison.Ordinal);
        Assert.Contains("More results", await browser.ReadAsync(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%25_%27%22%5C")]
    [InlineData("%22half+quoted")]
    [InlineData("%00")]
    [InlineData("%F0%9F%8E%89")]
    [InlineData("%EF%BF%BF%3A*%26%7C%21%28")]
    public async Task Signs_are_words_like_others(string words)
    {
        var browser = await republic.Ada.BrowserAsync();

        Assert.Contains("id=\"q\"", await browser.ReadAsync($"/search?q={words}"), StringComparison.Ordinal);
        await PaletteAsync(republic.Ada, $"q={words}");
    }

    [Fact]
    public async Task A_text_that_is_far_too_long_is_no_error_of_the_server()
    {
        var browser = await republic.Ada.BrowserAsync();
        var words = string.Join('+', Enumerable.Repeat("word", 1_400));

        using var page = await browser.GetAsync($"/search?q={words}");
        Assert.InRange((int)page.StatusCode, 200, 499);
        Assert.Contains("id=\"q\"", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        await PaletteAsync(republic.Ada, $"q={words}");
    }

    [Fact]
    public async Task The_palette_offers_what_is_recent_what_is_found_and_commands()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Standing on one leg.");
        var person = await republic.NewPersonAsync("Jumps");
        var sage = await person.NewMinionAsync("sage", vendor);
        var chat = await Chat.BeginAsync(person, sage.Id);
        await chat.AskAsync("How do storks sleep?");
        await FoundAsync(person, "q=storks", "<mark>storks</mark>");

        var recent = await PaletteAsync(person, "q=");
        Assert.Contains(">Recent<", recent, StringComparison.Ordinal);
        Assert.Contains($"href=\"/chats/{chat.Id}", recent, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", recent, StringComparison.Ordinal);
        var task = await PaletteAsync(person, "q=nt");
        Assert.Equal("/tasks?new=TODO", Option().Match(task).Groups["address"].Value);
        var minion = await PaletteAsync(person, "q=sag");
        Assert.Contains($"href=\"/chats?minion={sage.Id}\"", minion, StringComparison.Ordinal);
        Assert.Contains($"href=\"/training/new?minion={sage.Id}\"", minion, StringComparison.Ordinal);
        var chats = await PaletteAsync(person, "q=storks&only=Chats");
        Assert.Contains($"href=\"/chats/{chat.Id}", chats, StringComparison.Ordinal);
        Assert.DoesNotContain(">Commands<", chats, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/chats/{chat.Id}", await PaletteAsync(person, "q=storks&only=Commands"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_superusers_are_offered_to_them_alone()
    {
        Assert.Contains("/admin/audit", await PaletteAsync(republic.Mira, "q=audit"), StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/audit", await PaletteAsync(republic.Jonas, "q=audit"), StringComparison.Ordinal);
    }

    private static async Task<string> PaletteAsync(Inhabitant person, string query) =>
        await (await person.BrowserAsync()).ReadAsync($"/search?handler=Palette&{query}");

    /// <summary>The page, once it holds what is looked for.</summary>
    private static async Task<string> FoundAsync(Inhabitant person, string query, string expected)
    {
        var browser = await person.BrowserAsync();
        return await Until.SomethingAsync<string>(async () =>
        {
            var page = await browser.ReadAsync($"/search?{query}");
            return page.Contains(expected, StringComparison.Ordinal) ? page : null;
        });
    }

    private static List<string> TasksIn(string html) => [.. TaskLink().Matches(html).Select(link => link.Groups["id"].Value)];

    [GeneratedRegex("""hx-get="(?<address>[^"]+)" hx-target="#more-found""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex More();

    [GeneratedRegex("""href="/tasks/(?<id>[0-9a-f-]{36})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TaskLink();

    [GeneratedRegex("""role="option"[^>]* href="(?<address>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
