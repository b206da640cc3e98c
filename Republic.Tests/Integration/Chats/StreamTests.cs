using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Prose;
using Republic.Tests.Unit.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

public sealed class StreamTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Fact]
    public async Task An_answer_streams_piece_by_piece_and_ends_with_done()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, vendor, "streamer");
        using var stream = await chat.ListenAsync();
        var answer = await chat.SayAsync("Hi");
        var events = await stream.UntilAsync("trace");

        foreach (var piece in (string[])["One ", "two ", "🦉."])
        {
            hand.Says(piece);
            events.AddRange(await stream.UntilAsync("delta"));
        }

        hand.Ends();
        events.AddRange(await stream.UntilAsync("done"));

        Assert.Equal(["message", "message", "trace", "delta", "delta", "delta", "trace", "done"], events.Select(e => e.Name));
        Assert.Equal("One two 🦉.", Chat.TextOf(events, answer));
        Assert.Equal("complete", Chat.State(events[^1].Data["message"]!));
        Assert.Equal("no-store", stream.Response.Headers.CacheControl!.ToString());
        Assert.Equal("no", Assert.Single(stream.Response.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task A_stream_resumed_anywhere_loses_and_doubles_no_character()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, vendor, "resumer");
        var answer = await chat.SayAsync("Hi");
        var words = Enumerable.Range(1, 30).Select(i => $"word{i} ").ToList();
        var text = "";
        string? lastId = null;
        foreach (var word in words)
        {
            // A new connection for every word, and words that come while nobody is connected.
            hand.Says(word);
            if (text.Length % 3 == 0)
            {
                await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).EndsWith(word));
            }

            using var stream = await chat.ListenAsync(lastId);
            List<StreamedEvent> events = [];
            while (!Chat.TextOf(events, answer, text).EndsWith(word))
            {
                events.Add((await stream.NextAsync())!);
            }

            text = Chat.TextOf(events, answer, text);
            lastId = events[^1].Id;
        }

        hand.Ends();
        await chat.EndOfAsync(answer);
        using var last = await chat.ListenAsync(lastId);
        text = Chat.TextOf(await last.UntilAsync("done"), answer, text);
        Assert.Equal(string.Concat(words), text);
    }

    [Fact]
    public async Task Every_id_of_a_stream_resumes_it_also_after_the_end()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers([.. Enumerable.Range(1, 20).Select(i => $"piece{i} ")]);
        var chat = await Chat.BeginAsync(mira, vendor, "ids");
        using var stream = await chat.ListenAsync();
        var answer = await chat.SayAsync("Hi");
        var events = await stream.UntilAsync("done");
        var whole = Chat.TextOf(events, answer);
        for (var i = 0; i < events.Count - 1; i++)
        {
            var before = Chat.TextOf(events.Take(i + 1), answer);
            using var again = await chat.ListenAsync(events[i].Id);
            Assert.Equal(whole, Chat.TextOf(await again.UntilAsync("done"), answer, before));
        }
    }

    [Fact]
    public async Task An_id_that_means_nothing_here_begins_with_the_whole_message()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(mira, vendor, "lost");
        var answer = await chat.AskAsync("Hi");
        foreach (var id in (string[])["nonsense", "0.0", $"{Guid.CreateVersion7():N}.3", $"{answer["id"]!.GetValue<Guid>():N}.9999", "-1"])
        {
            using var stream = await chat.ListenAsync(id);
            var events = await stream.UntilAsync("done");
            Assert.Equal("Hello", Chat.Content(events[0].Data["message"]!));
        }
    }

    [Fact]
    public async Task A_failed_answer_says_why_and_is_done()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.TooManyRequests, "Slow down", "Retry-After: 7\r\n");
        var chat = await Chat.BeginAsync(mira, vendor, "failer");
        using var stream = await chat.ListenAsync();
        await chat.SayAsync("Hi");

        var events = await stream.UntilAsync("done");

        Assert.Contains("Slow down", events.Single(e => e.Name == "error").Data["message"]!.GetValue<string>());
        Assert.Equal("failed", Chat.State(events[^1].Data["message"]!));
    }

    [Fact]
    public async Task An_answer_without_a_writer_is_swept_as_interrupted_and_readers_hear_of_it()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(mira, vendor, "orphan");
        await chat.AskAsync("Hi");
        // As kill -9 leaves it: half written, its writer silent.
        var orphan = Guid.CreateVersion7();
        var question = (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>();
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                insert into messages (id, conversation_id, author_id, parent_id, content, state, created_at, updated_at, omitted_messages)
                select {orphan}, conversation_id, author_id, {question}, 'Half a', 'Streaming', now(), now() - interval '9 seconds', 0
                from messages where conversation_id = {chat.Id} and parent_id = {question}
                """
            )
        );
        await republic.QueryAsync(db => db.Database.ExecuteSqlAsync($"update conversations set leaf_id = {orphan} where id = {chat.Id}"));
        using var stream = await chat.ListenAsync();

        var events = await stream.UntilAsync("done");

        var end = events[^1].Data["message"]!;
        Assert.Equal("interrupted", Chat.State(end));
        Assert.Equal("Half a", Chat.Content(end));
        await mira.Api.PostAsync($"/api/messages/{orphan}/regenerate");
        Assert.Equal("Hello", Chat.Content(await chat.EndOfAsync((await chat.MessagesAsync())[^1]["id"]!.GetValue<Guid>())));
    }

    [Fact]
    public async Task A_browser_can_rebuild_the_sanitised_answer_from_its_tails()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var person = await republic.NewPersonAsync("Tails");
        var chat = await Chat.BeginAsync(person, vendor, "tails");
        using var stream = await EventStream.OpenAsync((await person.BrowserAsync()).Http, "/live");
        var answer = await chat.SayAsync("Hi");
        var text =
            "# Title\n\nSome *words*.\n\n```js\nlet a = 1;\n```\n\n" + string.Join("\n\n", HostileProse.All.Take(40)).Replace("\0", "");
        var reading = stream.UntilAsync("done");
        foreach (var piece in text.Chunk(7))
        {
            hand.Says(JsonEncodedText.Encode(new string(piece)).ToString());
        }

        hand.Ends();
        List<string> blocks = [];
        var tails = 0;
        foreach (var tail in (await reading).Where(e => e.Name == "tail"))
        {
            var from = tail.Data["from_block"]!.GetValue<int>();
            Assert.InRange(from, 0, blocks.Count);
            blocks.RemoveRange(from, blocks.Count - from);
            blocks.AddRange(tail.Data["blocks"]!.AsArray().Select(b => b!.GetValue<string>()));
            tails++;
            Assert.DoesNotContain("<script", string.Concat(blocks));
        }

        Assert.True(tails > 0);
        var whole = Chat.Content(await chat.EndOfAsync(answer));
        Assert.Equal(text, whole);
        Assert.Equal(ProseHtml.Blocks(whole), blocks);
    }

    [Fact]
    public async Task Nobody_hears_of_another_persons_chats()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("marker-of-mira");
        var chat = await Chat.BeginAsync(mira, vendor, "private");
        using var stream = await EventStream.OpenAsync((await republic.Jonas.BrowserAsync()).Http, "/live");
        await chat.AskAsync("Hi");

        await using var own = new FakeVendor();
        await (await Chat.BeginAsync(republic.Jonas, own, "mine")).AskAsync("Hi");

        var events = await stream.UntilAsync("done");
        Assert.DoesNotContain(events, e => e.Data.ToJsonString().Contains(chat.Id.ToString()));
    }

    [Fact]
    public async Task Another_persons_conversation_does_not_exist_on_any_route()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(mira, vendor, "hidden");
        var answer = (await chat.AskAsync("Hi"))["id"]!.GetValue<Guid>();
        var question = (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>();
        var ada = republic.Ada.Api;
        (HttpMethod Method, string Path, object? Body)[] routes =
        [
            (HttpMethod.Get, $"/api/conversations/{chat.Id}", null),
            (HttpMethod.Put, $"/api/conversations/{chat.Id}", new { title = "x" }),
            (HttpMethod.Delete, $"/api/conversations/{chat.Id}", null),
            (HttpMethod.Post, $"/api/conversations/{chat.Id}/read", null),
            (HttpMethod.Get, $"/api/conversations/{chat.Id}/messages", null),
            (HttpMethod.Post, $"/api/conversations/{chat.Id}/messages", new { content = "x" }),
            (HttpMethod.Get, $"/api/conversations/{chat.Id}/events", null),
            (HttpMethod.Get, $"/api/messages/{answer}", null),
            (HttpMethod.Put, $"/api/messages/{question}", new { content = "x" }),
            (HttpMethod.Post, $"/api/messages/{answer}/stop", null),
            (HttpMethod.Post, $"/api/messages/{answer}/regenerate", null),
            (HttpMethod.Post, $"/api/messages/{answer}/show", null),
        ];
        foreach (var (method, path, body) in routes)
        {
            await ada.ProblemAsync(404, method, path, body);
        }

        var browser = await republic.Ada.BrowserAsync();
        foreach (var path in (string[])["", "?handler=Turns", $"?handler=Turn&message={answer}"])
        {
            using var page = await browser.GetAsync($"/chats/{chat.Id}{path}");
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        }

        var minion = (await mira.NewMinionAsync("notyours")).Id;
        await ada.ProblemAsync(400, HttpMethod.Post, "/api/conversations", new { participants = new[] { minion } });
        Assert.Equal(2, (await chat.MessagesAsync()).Count);
    }
}
