using System.Net;
using System.Text.RegularExpressions;
using Republic.Core.Chats.Messages;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>The page of a long chat, which shows a window of its branch.</summary>
public sealed partial class ChatWindowTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_opens_with_the_last_turns_and_links_lead_up_to_the_first()
    {
        var (chats, chat) = await BeginAsync("opened");
        var ids = await chats.BranchAsync(chat, 130);

        var page = await ReadAsync($"/chats/{chat}");
        Assert.Equal(ids[70..], TurnsOf(page));
        Assert.Equal(($"/chats/{chat}?from={ids[10]}#m-{ids[70]}", "Earlier messages (70)"), EarlierOf(page));

        page = await ReadAsync($"/chats/{chat}?from={ids[10]}");
        Assert.Equal(ids[10..], TurnsOf(page));
        Assert.Equal(($"/chats/{chat}?from={ids[0]}#m-{ids[10]}", "Earlier messages (10)"), EarlierOf(page));

        page = await ReadAsync($"/chats/{chat}?from={ids[0]}");
        Assert.Equal(ids, TurnsOf(page));
        Assert.Equal(("", ""), EarlierOf(page));
        Assert.Equal(130, (await new Chat(republic.Jonas.Api, chat).MessagesAsync()).Count);
    }

    [Fact]
    public async Task A_message_that_is_asked_for_is_in_the_window_and_what_is_foreign_changes_nothing()
    {
        var (chats, chat) = await BeginAsync("asked");
        var ids = await chats.BranchAsync(chat, 130);
        var foreign = (await chats.BranchAsync(await chats.ChatAsync(), 2))[0];

        Assert.Equal(ids[10..], TurnsOf(await ReadAsync($"/chats/{chat}?message={ids[30]}")));
        Assert.Equal(ids[70..], TurnsOf(await ReadAsync($"/chats/{chat}?message={ids[100]}")));
        foreach (var query in new[] { $"from={foreign}", $"message={foreign}", "from=unreadable" })
        {
            Assert.Equal(ids[70..], TurnsOf(await ReadAsync($"/chats/{chat}?{query}")));
        }
    }

    [Fact]
    public async Task The_window_of_another_branch_leads_up_in_that_branch()
    {
        var (chats, chat) = await BeginAsync("branched");
        var trunk = await chats.BranchAsync(chat, 100);
        var other = await chats.BranchAsync(chat, 30, trunk[^1]);
        var shown = await chats.BranchAsync(chat, 70, trunk[^1]);

        Assert.Equal(shown[10..], TurnsOf(await ReadAsync($"/chats/{chat}?from={other[5]}")));
        var page = await ReadAsync($"/chats/{chat}?message={other[5]}");
        Assert.Equal([.. trunk[70..], .. other], TurnsOf(page));
        var (address, _) = EarlierOf(page);
        Assert.Equal($"/chats/{chat}?from={trunk[10]}&message={other[^1]}#m-{trunk[70]}", address);
        page = await ReadAsync(address);
        Assert.Equal([.. trunk[10..], .. other], TurnsOf(page));
        Assert.Contains("This is another branch", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_from_which_the_model_reads_stands_before_the_same_message_whatever_is_shown()
    {
        var (chats, chat) = await BeginAsync("reading");
        var ids = await chats.BranchAsync(chat, 130);
        // A failed answer has no text, and is no message that a model was sent.
        await ChangeAsync(ids[3], failed => failed.Content = "");

        await ChangeAsync(ids[^1], answer => (answer.Route, answer.OmittedMessages) = (Omitting(80), 80));
        Assert.Equal(ids[81], await FirstSentAsync(""));
        Assert.Equal(ids[81], await FirstSentAsync($"?from={ids[0]}"));
        await ChangeAsync(ids[^1], answer => (answer.Route, answer.OmittedMessages) = (Omitting(40), 40));
        Assert.Null(await FirstSentAsync(""));
        Assert.Equal(ids[41], await FirstSentAsync($"?from={ids[10]}"));

        async Task<Guid?> FirstSentAsync(string query) =>
            ReadsFrom().Match(await ReadAsync($"/chats/{chat}{query}")) is { Success: true } line ? IdOf(line) : null;
    }

    [Fact]
    public async Task The_figures_beside_it_are_those_of_the_whole_branch()
    {
        var (chats, chat) = await BeginAsync("figures");
        var ids = await chats.BranchAsync(chat, 130, change: answer => answer.Cost = 0.01m);
        await ChangeAsync(ids[1], answer => answer.Cost = null);
        await ChangeAsync(ids[5], answer => answer.Route = Omitting(0, isEstimate: true));
        await ChangeAsync(ids[9], answer => answer.DurationMs = 3_000);

        foreach (var query in new[] { "", $"?from={ids[2]}", $"?from={ids[0]}" })
        {
            var page = await ReadAsync($"/chats/{chat}{query}");
            Assert.Contains(
                "<dt>This branch</dt><dd>about $0.64, and 1 answer unknown, for 65 answers</dd>",
                page,
                StringComparison.Ordinal
            );
            Assert.Contains("<dt>Took</dt><dd>3.0 s</dd>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_script_reads_anew_begins_where_its_page_begins()
    {
        await using var vendor = new FakeVendor();
        var (chats, chat) = await BeginAsync("kept", vendor);
        var ids = await chats.BranchAsync(chat, 130);
        var from = $"from={ids[10]}";

        Assert.Equal(ids[10..], TurnsOf(await AnswerAsync(HttpMethod.Get, $"/chats/{chat}?handler=Turns&{from}")));
        Assert.Equal(ids[70..], TurnsOf(await AnswerAsync(HttpMethod.Get, $"/chats/{chat}?handler=Turns")));
        Assert.Equal([ids[21]], TurnsOf(await AnswerAsync(HttpMethod.Get, $"/chats/{chat}?handler=Turn&message={ids[21]}&{from}")));
        Assert.Equal([ids[21]], await PostedAsync($"/feedback?handler=Rate&message={ids[21]}&thumb=up"));
        Assert.Equal(ids[10..], await PostedAsync("/feedback?handler=Teach&agrees=false"));

        var sent = await PostedAsync("?handler=Send");
        Assert.Equal(ids[10..], sent.SkipLast(2));
        await new Chat(republic.Jonas.Api, chat).EndOfAsync(sent[^1]);
        Assert.Equal(sent, await PostedAsync($"?handler=Stop&message={sent[^1]}"));
        var again = await PostedAsync($"?handler=Regenerate&message={sent[^1]}");
        Assert.Equal(sent.SkipLast(1), again.SkipLast(1));
        await new Chat(republic.Jonas.Api, chat).EndOfAsync(again[^1]);
        Assert.Equal(sent, await PostedAsync($"?handler=Show&message={sent[^1]}"));

        async Task<IReadOnlyList<Guid>> PostedAsync(string address)
        {
            var form = new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = Html.Token(await ReadAsync($"/chats/{chat}")),
                ["Input.Content"] = "And now?",
                ["from"] = $"{ids[10]}",
            };
            return TurnsOf(await AnswerAsync(HttpMethod.Post, $"/chats/{chat}{address}", new FormUrlEncodedContent(form)));
        }
    }

    private static RouteReceipt Omitting(int omitted, bool isEstimate = false) =>
        new()
        {
            Attempts =
            [
                new RouteAttempt
                {
                    Provider = "local",
                    Model = "sprout",
                    Outcome = RouteOutcome.Answered,
                    IsEstimate = isEstimate,
                    History = new HistoryFit(Length: 800, PromptTokens: 700, omitted),
                },
            ],
        };

    private static IReadOnlyList<Guid> TurnsOf(string page) => [.. Turn().Matches(page).Select(IdOf)];

    private static Guid IdOf(Match match) => Guid.Parse(match.Groups["id"].Value);

    /// <summary>The link at the top; empty where there is none.</summary>
    private static (string Address, string Words) EarlierOf(string page)
    {
        var link = Earlier().Match(page).Groups;
        return (WebUtility.HtmlDecode(link["address"].Value), link["words"].Value);
    }

    private async Task<(PlantedChats Chats, Guid Chat)> BeginAsync(string minion, FakeVendor? vendor = null)
    {
        var chats = new PlantedChats(republic, republic.Jonas, (await republic.Jonas.NewMinionAsync(minion, vendor)).Id);
        return (chats, await chats.ChatAsync());
    }

    private Task ChangeAsync(Guid id, Action<Message> change) =>
        republic.QueryAsync(async db =>
        {
            change((await db.Messages.FindAsync([id], Ct))!);
            return await db.SaveChangesAsync(Ct);
        });

    private async Task<string> ReadAsync(string path) => await (await republic.Jonas.BrowserAsync()).ReadAsync(path);

    /// <summary>The answer to htmx.</summary>
    private async Task<string> AnswerAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("HX-Request", "true");
        using var response = await (await republic.Jonas.BrowserAsync()).Http.SendAsync(request, Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode}\n{body}");
        return body;
    }

    [GeneratedRegex("""<article class="turn" id="m-(?<id>[0-9a-f-]{36})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Turn();

    [GeneratedRegex("""id="reads-from" data-before="(?<id>[0-9a-f-]{36})""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReadsFrom();

    [GeneratedRegex("""id="earlier" href="(?<address>[^"]+)">(?<words>[^<]+)</a>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Earlier();
}
