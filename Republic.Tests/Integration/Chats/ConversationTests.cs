using System.Net;
using Republic.Core.Chats.Messages;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>What surrounds the answers: opening, listing, reading, and what is refused before anybody is asked.</summary>
public sealed class ConversationTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Theory]
    [InlineData("", "Write something")]
    [InlineData("  \n ", "Write something")]
    public async Task A_message_without_words_is_refused(string content, string words)
    {
        var chat = await Chat.BeginAsync(mira, (await mira.NewMinionAsync($"wordless{content.Length}")).Id);
        var problem = await mira.Api.ProblemAsync(400, HttpMethod.Post, $"/api/conversations/{chat.Id}/messages", new { content });
        Assert.Contains(words, problem["errors"]!["content"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_with_the_limit()
    {
        var chat = await Chat.BeginAsync(mira, (await mira.NewMinionAsync("longish")).Id);
        var content = new string('x', MessageInput.MaxLength + 1);
        var problem = await mira.Api.ProblemAsync(400, HttpMethod.Post, $"/api/conversations/{chat.Id}/messages", new { content });
        Assert.Contains("100,000", problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_new_counts_as_unread_until_it_is_read()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(mira, vendor, "news");
        var answer = await chat.AskAsync("Hi");
        Assert.Equal("delivered", answer["status"]!.GetValue<string>());
        Assert.Equal("read", (await chat.MessagesAsync())[0]["status"]!.GetValue<string>());
        Assert.Equal(1, await UnreadAsync(chat));

        await mira.Api.PostAsync($"/api/conversations/{chat.Id}/read");

        Assert.Equal(0, await UnreadAsync(chat));
        Assert.Equal("read", (await chat.MessagesAsync())[1]["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Using_a_minion_opens_the_empty_chat_that_is_there_or_a_new_one()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("used", vendor);
        var browser = await mira.BrowserAsync();
        using var first = await browser.GetAsync($"/chats?minion={minion.Id}");
        using var second = await browser.GetAsync($"/chats?minion={minion.Id}");
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);

        using var sent = await browser.SubmitAsync(
            first.Headers.Location!.ToString(),
            new Dictionary<string, string> { ["Input.Content"] = "Hi" },
            "Send"
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        using var third = await browser.GetAsync($"/chats?minion={minion.Id}");
        Assert.NotEqual(first.Headers.Location, third.Headers.Location);
    }

    [Fact]
    public async Task Conversations_come_in_pages_newest_first()
    {
        var ada = await republic.NewPersonAsync("Pagina");
        var minion = (await ada.NewMinionAsync("pages")).Id;
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, (await Chat.BeginAsync(ada, minion)).Id);
        }

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await ada.Api.GetAsync($"/api/conversations?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["conversations"]!.AsArray().Select(c => c!["id"]!.GetValue<Guid>()));
            cursor = page["next_cursor"]?.GetValue<string>();
        } while (cursor is not null);

        Assert.Equal(made, seen);
        await ada.Api.ProblemAsync(400, HttpMethod.Get, "/api/conversations?cursor=nonsense");
    }

    [Fact]
    public async Task A_given_name_is_kept_as_it_was_typed_and_one_that_is_too_long_is_refused()
    {
        var minion = (await mira.NewMinionAsync("named")).Id;
        var made = await mira.Api.PostAsync("/api/conversations", new { participants = new[] { minion }, title = " C#\n notes " });
        Assert.Equal("C# notes", (string?)made["conversation"]!["title"]);
        var path = $"/api/conversations/{made["conversation"]!["id"]}";

        var renamed = await mira.Api.PutAsync(path, new { title = "*F#* _notes_" });

        Assert.Equal("*F#* _notes_", (string?)renamed["conversation"]!["title"]);
        await mira.Api.ProblemAsync(400, HttpMethod.Put, path, new { title = " \n " });
        var problem = await mira.Api.ProblemAsync(400, HttpMethod.Put, path, new { title = new string('x', 201) });
        Assert.Contains("at most 200", (string?)problem["errors"]!["title"]![0]);
        Assert.Equal("*F#* _notes_", (string?)(await mira.Api.GetAsync(path))["conversation"]!["title"]);
    }

    [Fact]
    public async Task Of_somebody_elses_chat_nothing_is_told_whatever_is_sent()
    {
        var chat = await Chat.BeginAsync(mira, (await mira.NewMinionAsync("secretive")).Id);
        foreach (var body in (object[])[new { training = "maybe" }, new { title = "" }, new { title = new string('x', 201) }])
        {
            await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Put, $"/api/conversations/{chat.Id}", body);
        }

        await mira.Api.ProblemAsync(400, HttpMethod.Put, $"/api/conversations/{chat.Id}", new { training = "maybe" });
    }

    private async Task<int> UnreadAsync(Chat chat) =>
        (await mira.Api.GetAsync($"/api/conversations/{chat.Id}"))["conversation"]!["unread_count"]!.GetValue<int>();
}
