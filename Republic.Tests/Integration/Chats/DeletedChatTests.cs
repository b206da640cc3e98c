using System.Net;
using Republic.Core.Audit;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>Chats that were deleted: gone everywhere at once, and back as they were if their person wants.</summary>
public sealed class DeletedChatTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task It_is_found_nowhere_but_among_those_that_can_be_restored()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Canary");
        var (person, chat, answer) = (canary.Person, canary.Chat, canary.Answer);
        var question = (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>();
        await person.Api.PutAsync(canary.Address, new { title = CanaryChat.Word, training = "on" });
        await person.Api.PostAsync($"/api/messages/{answer}/feedback", new { score = 1, correction = $"It is {CanaryChat.Word}." });
        var task = (await person.Api.PostAsync("/api/tasks", new { title = "Look", source_message_id = question }))["task"]!["id"];
        var tools = await CalledTools.OpenAsync(republic, canary.Minion);
        await SearchIndex.ReadyAsync(republic, person);
        Assert.Contains(CanaryChat.Word, await tools.CallAsync("search_chats", new { query = CanaryChat.Word }), StringComparison.Ordinal);
        Assert.Contains(CanaryChat.Word, await (await person.BrowserAsync()).ReadAsync("/chats"), StringComparison.Ordinal);
        Assert.Equal((1, 1), (await canary.RatedAsync(), await canary.WaitingAsync()));

        await canary.DeleteAsync();

        Assert.Equal(["/chats/deleted"], await canary.WhereAsync());
        Assert.Equal((0, 0), (await canary.RatedAsync(), await canary.WaitingAsync()));
        await RefusedAsync(canary);
        Assert.StartsWith("No message", await tools.CallAsync("search_chats", new { query = CanaryChat.Word }), StringComparison.Ordinal);
        Assert.StartsWith("There is no such chat", await tools.RefusedAsync("read_chat", new { id = chat.Id }), StringComparison.Ordinal);
        var made = (await person.Api.GetAsync($"/api/tasks/{task}"))["task"]!;
        Assert.Null(made["source_conversation_id"]);
        Assert.Null(made["source_message_id"]);
        await person.Api.ProblemAsync(404, HttpMethod.Post, "/api/tasks", new { title = "Look", source_message_id = question });
    }

    [Fact]
    public async Task Restored_it_is_what_it_was_with_its_branches_its_feedback_and_its_task()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Regretful");
        var (person, chat) = (canary.Person, canary.Chat);
        await person.Api.PostAsync($"/api/messages/{canary.Answer}/feedback", new { score = 0.5, comment = "Meh." });
        await chat.EndOfAsync((await chat.RegenerateAsync(canary.Answer))["answer_id"]!.GetValue<Guid>());
        await person.Api.PostAsync($"/api/messages/{canary.Answer}/show");
        await person.Api.PutAsync(canary.Address, new { training = "on" });
        var task = (await person.Api.PostAsync("/api/tasks", new { title = "Look", source_message_id = canary.Answer }))["task"]!["id"];
        var before = await canary.PictureAsync();
        await canary.DeleteAsync();
        var row = Assert.Single(await canary.DeletedAsync())!;
        Assert.Equal((chat.Id, true), (row["id"]!.GetValue<Guid>(), row["deleted_at"] is not null));

        var restored = await canary.RestoreAsync();

        Assert.Null(restored["conversation"]!["deleted_at"]);
        Assert.Equal(before, await canary.PictureAsync());
        var last = (await chat.MessagesAsync())[^1];
        Assert.Equal((2, "Meh."), (last["siblings"]!.AsArray().Count, (string?)last["feedback"]!["comment"]));
        Assert.Equal(chat.Id, (await person.Api.GetAsync($"/api/tasks/{task}"))["task"]!["source_conversation_id"]!.GetValue<Guid>());
        Assert.Empty(await canary.DeletedAsync());
    }

    [Fact]
    public async Task An_answer_that_is_being_written_stops_and_what_came_is_there_when_the_chat_is_restored()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Hasty");
        var hand = canary.Vendor.AnswersByHand();
        var answer = await canary.Chat.SayAsync("And now?");
        hand.Says("Half of");
        await Until.TrueAsync(async () => Chat.Content(await canary.Chat.MessageAsync(answer)) == "Half of");

        await canary.DeleteAsync();

        await hand.ClientGone;
        await canary.RestoreAsync();
        Assert.Equal("stopped", Chat.State(await canary.Chat.MessageAsync(answer)));
        // Its writer saves last what has come.
        await Until.TrueAsync(async () => Chat.Content(await canary.Chat.MessageAsync(answer)) == "Half of");
    }

    [Fact]
    public async Task A_tool_call_that_waited_for_the_person_has_expired()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Sower");
        var (person, chat) = (canary.Person, canary.Chat);
        canary.Vendor.Plays(_ => new PlayedTurn("I would note it.", new PlayedCall("c1", "create_task", """{"title":"Sow"}""")));
        await person.Api.PutAsync($"/api/minions/{canary.Minion}/tools", new { builtin = new[] { "create_task" } });
        var call = (string)(await chat.AskAsync("Note it."))["tool_calls"]![0]!["id"]!;
        Assert.Equal(1, await canary.WaitingAsync());

        await canary.DeleteAsync();

        Assert.Equal(0, await canary.WaitingAsync());
        Assert.Empty((await person.Api.GetAsync("/api/tool-calls"))["tool_calls"]!.AsArray());
        await person.Api.ProblemAsync(404, HttpMethod.Post, $"/api/tool-calls/{call}/approve", new { scope = "once" });
        await canary.RestoreAsync();
        var ended = (await chat.MessagesAsync())[^1];
        Assert.Equal(("stopped", "expired"), (Chat.State(ended), (string)ended["tool_calls"]![0]!["status"]!));
    }

    [Fact]
    public async Task Somebody_else_neither_sees_nor_restores_it()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Robbed");
        await canary.DeleteAsync();

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"{canary.Address}/restore");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Delete, $"{canary.Address}?forever=true");

        Assert.Empty(await CanaryChat.DeletedAsync(republic.Ada));
        Assert.Contains(
            "No deleted chats",
            await (await republic.Ada.BrowserAsync()).ReadAsync("/chats/deleted"),
            StringComparison.Ordinal
        );
        Assert.Single(await canary.DeletedAsync());
    }

    [Fact]
    public async Task Two_who_delete_or_restore_at_once_do_it_once()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Twins");
        var api = canary.Person.Api;

        var deleted = await Task.WhenAll(
            api.SendAsync(HttpMethod.Delete, canary.Address),
            api.SendAsync(HttpMethod.Delete, canary.Address)
        );
        var restored = await Task.WhenAll(
            api.SendAsync(HttpMethod.Post, $"{canary.Address}/restore"),
            api.SendAsync(HttpMethod.Post, $"{canary.Address}/restore")
        );

        Assert.Equal([200, 404], deleted.Select(answer => (int)answer.StatusCode).Order());
        Assert.All(restored, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal([AuditActions.ChatDeleted, AuditActions.ChatRestored], await canary.ActionsAsync());
    }

    [Fact]
    public async Task A_chat_about_a_task_that_was_deleted_meanwhile_is_about_nothing_when_it_is_restored()
    {
        await using var canary = await CanaryChat.BeginAsync(republic, "Planner");
        var api = canary.Person.Api;
        var task = (string)(await api.PostAsync("/api/tasks", new { title = "Sow" }))["task"]!["id"]!;
        var about = new
        {
            participants = new[] { canary.Minion },
            related_type = "task",
            related_id = task,
        };
        var chat = (string)(await api.PostAsync("/api/conversations", about))["conversation"]!["id"]!;
        await api.DeleteAsync($"/api/conversations/{chat}");
        await api.DeleteAsync($"/api/tasks/{task}");

        var restored = (await api.PostAsync($"/api/conversations/{chat}/restore"))["conversation"]!;

        Assert.Null(restored["related_id"]);
    }

    private static async Task RefusedAsync(CanaryChat canary)
    {
        var (api, answer) = (canary.Person.Api, canary.Answer);
        var browser = await canary.Person.BrowserAsync();
        foreach (var path in (string[])["", "/manage", "?handler=Turns", $"?handler=Turn&message={answer}"])
        {
            using var page = await browser.GetAsync($"/chats/{canary.Id}{path}");
            Assert.Equal((path, HttpStatusCode.NotFound), (path, page.StatusCode));
        }

        foreach (var path in (string[])["", "/messages", "/events"])
        {
            await api.ProblemAsync(404, HttpMethod.Get, canary.Address + path);
        }

        foreach (var path in (string[])["/read", "/messages"])
        {
            await api.ProblemAsync(404, HttpMethod.Post, canary.Address + path, new { content = "Hi" });
        }

        foreach (var path in (string[])["stop", "regenerate", "show", "feedback"])
        {
            await api.ProblemAsync(404, HttpMethod.Post, $"/api/messages/{answer}/{path}", new { score = 1 });
        }

        await api.ProblemAsync(404, HttpMethod.Get, $"/api/messages/{answer}");
        await api.ProblemAsync(404, HttpMethod.Put, canary.Address, new { title = "x", training = "on" });
        await api.ProblemAsync(404, HttpMethod.Delete, canary.Address);
    }
}
