using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

public sealed class AnswerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Fact]
    public async Task An_answer_is_saved_with_what_it_took()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Hel", "lo ", "there");
        var chat = await Chat.BeginAsync(mira, vendor, "receipt");

        var answer = await chat.AskAsync("Who are you?");

        Assert.Equal("complete", Chat.State(answer));
        Assert.Equal("Hello there", Chat.Content(answer));
        Assert.Equal("custom", answer["provider"]!.GetValue<string>());
        Assert.Equal("vendor-model", answer["model"]!.GetValue<string>());
        Assert.Equal(7, answer["prompt_tokens"]!.GetValue<int>());
        Assert.Equal(3, answer["completion_tokens"]!.GetValue<int>());
        Assert.Null(answer["cost"]);
        Assert.InRange(answer["first_token_ms"]!.GetValue<double>(), 0, answer["duration_ms"]!.GetValue<double>());
        Assert.Equal("stop", answer["finish_reason"]!.GetValue<string>());
        var conversation = (await mira.Api.GetAsync($"/api/conversations/{chat.Id}"))["conversation"]!;
        Assert.Equal("Who are you?", conversation["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_model_gets_the_character_and_the_shown_branch()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("branchy", vendor, new JsonObject { ["personality"] = "dry" });
        var chat = await Chat.BeginAsync(mira, minion.Id);
        await chat.AskAsync("first");
        var second = await chat.AskAsync("second");
        await mira.Api.PutAsync($"/api/messages/{second["parent_id"]}", new { content = "second, otherwise" });
        await chat.EndOfAsync((await chat.MessagesAsync())[^1]["id"]!.GetValue<Guid>());

        var sent = vendor.LastRequest.Body!["messages"]!.AsArray();

        Assert.Equal(["system", "user", "assistant", "user"], sent.Select(m => m!["role"]!.GetValue<string>()));
        Assert.Contains("dry", sent[0]!["content"]!.GetValue<string>());
        Assert.Equal("second, otherwise", sent[^1]!["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_answer_goes_on_with_no_reader()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, vendor, "alone");
        var answer = await chat.SayAsync("Go on.");
        using (var stream = await chat.ListenAsync())
        {
            hand.Says("One ");
            await stream.UntilAsync("delta");
        }

        hand.Says("two ");
        hand.Says("three.");
        hand.Ends();

        Assert.Equal("One two three.", Chat.Content(await chat.EndOfAsync(answer)));
    }

    [Fact]
    public async Task Stopping_keeps_what_came_and_ends_the_call()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, vendor, "stopped");
        var answer = await chat.SayAsync("Tell me everything.");
        hand.Says("To begin with");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).Length > 0);

        var stopped = (await mira.Api.PostAsync($"/api/messages/{answer}/stop"))["message"]!;

        Assert.Equal("stopped", Chat.State(stopped));
        Assert.Equal("To begin with", Chat.Content(stopped));
        await hand.ClientGone;
        Assert.Equal("stopped", Chat.State((await mira.Api.PostAsync($"/api/messages/{answer}/stop"))["message"]!));
    }

    [Fact]
    public async Task An_answer_for_somebody_who_is_deactivated_stops_with_what_came()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var dora = await republic.NewPersonAsync("Dora");
        var chat = await Chat.BeginAsync(dora, vendor, "held");
        var answer = await chat.SayAsync("Tell me everything.");
        hand.Says("To begin with");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).Length > 0);

        await mira.Api.PostAsync($"/api/admin/people/{dora.Id}/deactivate");
        await hand.ClientGone;

        var stopped = await Until.SomethingAsync(() =>
            republic.QueryAsync(db => db.Messages.SingleOrDefaultAsync(m => m.Id == answer && m.DurationMs != null))
        );
        Assert.Equal((TurnState.Stopped, "To begin with", null), (stopped.State, stopped.Content, stopped.Error));
    }

    [Fact]
    public async Task Answering_again_makes_a_branch_and_the_first_one_stays()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(mira, vendor, "again");
        var first = await chat.AskAsync("Hi");
        vendor.Answers("Good day");

        var again = (await mira.Api.PostAsync($"/api/messages/{first["id"]}/regenerate"))["answer_id"]!.GetValue<Guid>();
        await chat.EndOfAsync(again);

        var shown = await chat.MessagesAsync();
        Assert.Equal(["Hi", "Good day"], shown.Select(Chat.Content));
        Assert.Equal([first["id"]!.GetValue<Guid>(), again], shown[^1]["siblings"]!.AsArray().Select(s => s!.GetValue<Guid>()));
        await mira.Api.PostAsync($"/api/messages/{first["id"]}/show");
        Assert.Equal(["Hi", "Hello"], (await chat.MessagesAsync()).Select(Chat.Content));
    }

    [Fact]
    public async Task A_provider_that_refuses_is_quoted_and_the_question_can_be_answered_again()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.Unauthorized, "Incorrect API key provided");
        var chat = await Chat.BeginAsync(mira, vendor, "refused");

        var answer = await chat.AskAsync("Hi");

        Assert.Equal("failed", Chat.State(answer));
        Assert.Contains("Incorrect API key provided", answer["error"]!.GetValue<string>());
        Assert.DoesNotContain(FakeVendor.Key, answer.ToJsonString());
        vendor.Answers("Now it works");
        await mira.Api.PostAsync($"/api/messages/{answer["id"]}/regenerate");
        Assert.Equal("Now it works", Chat.Content(await chat.EndOfAsync((await chat.MessagesAsync())[^1]["id"]!.GetValue<Guid>())));
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_upstream_keeps_what_came()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Half ", "an ");
        var chat = await Chat.BeginAsync(mira, vendor, "cut");

        var answer = await chat.AskAsync("Hi");

        Assert.Equal("interrupted", Chat.State(answer));
        Assert.Equal("Half an ", Chat.Content(answer));
        Assert.Contains("closed the connection", answer["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_empty_answer_is_a_failure_that_says_so()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers();
        var chat = await Chat.BeginAsync(mira, vendor, "empty");

        var answer = await chat.AskAsync("Hi");

        Assert.Equal("failed", Chat.State(answer));
        Assert.Contains("without a word", answer["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Characters_that_no_database_holds_do_not_break_an_answer()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("a\\u0000b ", "🦉", "\\n");
        var chat = await Chat.BeginAsync(mira, vendor, "odd");

        Assert.Equal("ab 🦉\n", Chat.Content(await chat.AskAsync("x\0y\ud83e")));
        Assert.Equal("xy\uFFFD", Chat.Content((await chat.MessagesAsync())[0]));
    }

    [Fact]
    public async Task A_history_that_does_not_fit_loses_its_oldest_turns_and_says_so()
    {
        await using var upstream = new RawUpstream();
        upstream.Script = call =>
        {
            var sent = JsonNode.Parse(call.Request[(call.Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])![
                "messages"
            ]!.AsArray();
            return sent.Count > 4
                ? call.JsonAsync(
                    """{"error":{"message":"This model's maximum context length is 64 tokens","code":"context_length_exceeded"}}""",
                    "400 Bad Request"
                )
                : call.StreamAsync(Say.Piece("ok"), Say.Finish, Say.Usage, Say.Done);
        };
        var made = await mira.Api.PostAsync(
            "/api/minions",
            new
            {
                name = "short",
                provider = "custom",
                model_id = "vendor-model",
                base_url = upstream.BaseUrl.ToString(),
                api_key = FakeVendor.Key,
            }
        );
        var chat = await Chat.BeginAsync(mira, made["minion_id"]!.GetValue<Guid>());
        JsonNode answer = null!;
        for (var turn = 1; turn <= 5; turn++)
        {
            answer = await chat.AskAsync($"question {turn}");
            Assert.Equal("complete", Chat.State(answer));
        }

        Assert.InRange(answer["omitted_messages"]!.GetValue<int>(), 6, 8);
        Assert.EndsWith("question 5\"}]", JsonNode.Parse(upstream.Requests.Last().Split("\r\n\r\n")[1])!["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task The_same_form_sent_many_times_is_one_message()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(mira, vendor, "double");
        var path = $"/api/conversations/{chat.Id}/messages";

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => mira.Api.PostAsync(path, new { content = "Once", key = "form-1" }))
        );

        Assert.Single(answers.Select(a => a["answer_id"]!.GetValue<Guid>()).Distinct());
        var problem = await mira.Api.ProblemAsync(409, HttpMethod.Post, path, new { content = "Twice" });
        Assert.Contains("still answering", problem["detail"]!.GetValue<string>());
        hand.Ends();
        await chat.EndOfAsync(answers[0]["answer_id"]!.GetValue<Guid>());
        Assert.Equal(2, (await chat.MessagesAsync()).Count);
        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task A_deleted_minion_is_said_and_once_restored_it_answers()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("gone", vendor);
        var chat = await Chat.BeginAsync(mira, minion.Id);
        await mira.Api.DeleteAsync($"/api/minions/{minion.Id}");

        var problem = await mira.Api.ProblemAsync(409, HttpMethod.Post, $"/api/conversations/{chat.Id}/messages", new { content = "Hi" });
        Assert.Contains("Restore Gone", problem["detail"]!.GetValue<string>());
        var page = await (await mira.BrowserAsync()).ReadAsync($"/chats/{chat.Id}");
        Assert.Contains("Restore Gone", page);

        using var restored = await (await mira.BrowserAsync()).SubmitAsync(
            $"/chats/{chat.Id}",
            new Dictionary<string, string>(),
            "Restore"
        );
        Assert.Equal(HttpStatusCode.Redirect, restored.StatusCode);
        Assert.Equal("Hello", Chat.Content(await chat.AskAsync("Hi")));
    }
}
