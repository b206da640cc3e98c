using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Tasks that are made of messages.</summary>
public sealed class TaskSourceTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Said = "Compare the exports by order number. There is one row too many.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_form_of_a_new_task_is_filled_with_the_message_and_the_task_leads_back_to_it()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Copies");
        var (minion, chat, message) = await SaidAsync(person, vendor);
        var browser = await person.BrowserAsync();
        Assert.Contains(
            $"/tasks?new=TODO&amp;message={message}\" aria-label=\"Make a task of it\"",
            await browser.ReadAsync($"/chats/{chat.Id}"),
            StringComparison.Ordinal
        );

        var form = await browser.ReadAsync($"/tasks?new=TODO&message={message}");
        Assert.Contains("value=\"Compare the exports by order number.\"", form, StringComparison.Ordinal);
        Assert.Contains($"&gt; {Said}", form, StringComparison.Ordinal);
        Assert.Contains($"<option value=\"{minion}\" selected", form, StringComparison.Ordinal);

        using var made = await browser.SubmitAsync(
            $"/tasks?new=TODO&message={message}",
            new Dictionary<string, string> { ["Input.Title"] = "Compare", ["Input.Description"] = $"> {Said}" },
            "handler=Create"
        );
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var page = await browser.ReadAsync(made.Headers.Location!.ToString());
        Assert.Contains($"From the chat <a href=\"/chats/{chat.Id}?message={message}#m-{message}\">", page, StringComparison.Ordinal);
        Assert.Contains("<blockquote>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_says_where_a_task_came_from_and_its_chat_may_be_deleted()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Leaves");
        var (_, chat, message) = await SaidAsync(person, vendor);
        var body = new
        {
            title = "Compare",
            description = Said,
            source_message_id = message,
        };
        var task = (await person.Api.PostAsync("/api/tasks", body))["task"]!;
        Assert.Equal(chat.Id, task["source_conversation_id"]!.GetValue<Guid>());
        Assert.Equal(message, task["source_message_id"]!.GetValue<Guid>());
        var id = task["id"]!.GetValue<Guid>();
        var browser = await person.BrowserAsync();
        Assert.Contains(
            "1 task made of its messages stays, with the text that was copied.",
            await browser.ReadAsync($"/chats/{chat.Id}/manage"),
            StringComparison.Ordinal
        );

        var gone = await person.Api.DeleteAsync($"/api/conversations/{chat.Id}");

        Assert.Equal(1, gone["derived"]!["tasks"]!.GetValue<int>());
        var left = (await person.Api.GetAsync($"/api/tasks/{id}"))["task"]!;
        Assert.Equal(Said, (string?)left["description"]);
        Assert.Null(left["source_conversation_id"]);
        Assert.Null(left["source_message_id"]);
        Assert.DoesNotContain("From the chat", await browser.ReadAsync($"/tasks/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_somebody_else_is_as_one_that_is_not_there()
    {
        await using var vendor = new FakeVendor();
        var (_, _, hers) = await SaidAsync(await republic.NewPersonAsync("Owns"), vendor);
        var person = await republic.NewPersonAsync("Peeps");
        var browser = await person.BrowserAsync();
        foreach (var message in new[] { hers, Guid.CreateVersion7() })
        {
            using var page = await browser.GetAsync($"/tasks?new=TODO&message={message}");
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            await person.Api.ProblemAsync(404, HttpMethod.Post, "/api/tasks", new { title = "Mine", source_message_id = message });

            using var sent = await browser.SubmitAsync(
                "/tasks?new=TODO",
                new Dictionary<string, string> { ["Input.Title"] = "What I typed", ["Input.MessageId"] = $"{message}" },
                "handler=Create"
            );
            Assert.Equal(HttpStatusCode.Conflict, sent.StatusCode);
            var again = await sent.Content.ReadAsStringAsync(Ct);
            Assert.Contains("The message that this is made of is deleted.", again, StringComparison.Ordinal);
            Assert.Contains("value=\"What I typed\"", again, StringComparison.Ordinal);
            Assert.DoesNotContain($"{message}", again, StringComparison.Ordinal);
            Assert.DoesNotContain("Compare", again, StringComparison.Ordinal);
        }

        await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/tasks", new { title = "Mine", source_message_id = "first" });
        Assert.False(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.OwnerId == person.Id, Ct)));
    }

    private static async Task<(Guid Minion, Chat Chat, Guid Message)> SaidAsync(Inhabitant person, FakeVendor vendor)
    {
        var minion = (await person.NewMinionAsync("clerk", vendor)).Id;
        var chat = await Chat.BeginAsync(person, minion);
        await chat.AskAsync(Said);
        return (minion, chat, (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>());
    }
}
