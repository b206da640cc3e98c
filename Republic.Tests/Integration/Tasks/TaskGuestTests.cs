using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tasks.Work;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>What a person does with a task of somebody else, and what they bring about by it.</summary>
public sealed class TaskGuestTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_assignee_hands_in_and_takes_back_and_the_owner_alone_accepts()
    {
        var owner = await republic.NewPersonAsync("OwnerE");
        var guest = await republic.NewPersonAsync("GuestE");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        await owner.Api.ProblemAsync(400, HttpMethod.Post, $"{shared.Path}/assign", new { citizen_id = guest.Id });
        await SharedTask.AcceptAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });

        Assert.Equal([shared.Task], await IdsAsync(guest, $"/api/tasks?assigned_to={guest.Id}"));
        foreach (var status in (string[])["IN_PROGRESS", "REVIEW", "IN_PROGRESS", "TODO", "REVIEW"])
        {
            var moved = (await guest.Api.PostAsync($"{shared.Path}/move", new { status }))["task"]!;
            Assert.Equal((status, 1), (Text(moved, "status"), moved["round"]!.GetValue<int>()));
        }

        await guest.Api.ProblemAsync(403, HttpMethod.Post, $"{shared.Path}/move", new { status = "DONE" });
        await guest.Api.ProblemAsync(403, HttpMethod.Post, $"{shared.Path}/move", new { status = "ARCHIVED" });
        await owner.Api.PostAsync($"/api/tasks/{shared.Part}/move", new { status = "DONE" });
        await owner.Api.PostAsync($"{shared.Path}/move", new { status = "DONE" });
        await guest.Api.ProblemAsync(403, HttpMethod.Post, $"{shared.Path}/move", new { status = "IN_PROGRESS" });

        var capability = Assert.Single((await guest.Api.GetAsync($"/api/citizens/{guest.Id}"))["citizen"]!["capabilities"]!.AsArray())!;
        Assert.Equal(("gardening", 1), (Text(capability, "name"), capability["success_count"]!.GetValue<int>()));
        Assert.Equal(0, capability["failure_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_task_that_waits_for_one_outside_is_not_begun_by_a_guest_who_does_not_learn_for_which()
    {
        var owner = await republic.NewPersonAsync("OwnerF");
        var guest = await republic.NewPersonAsync("GuestF");
        var shared = await SharedTask.MakeAsync(owner);
        var outside = await NewAsync(owner, new { title = "Outside of it" });
        await owner.Api.PostAsync($"{shared.Path}/dependencies", new { depends_on_id = outside });
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });
        // One that they see is not named beside it either.
        var inside = await NewAsync(owner, new { title = "Inside of it", parent_id = shared.Task });
        var part = await NewAsync(owner, new { title = "Waits for both", parent_id = shared.Task });
        foreach (var blocker in (string[])[inside, outside])
        {
            await owner.Api.PostAsync($"/api/tasks/{part}/dependencies", new { depends_on_id = blocker });
        }

        await owner.Api.PostAsync($"/api/tasks/{part}/assign", new { citizen_id = guest.Id });
        foreach (
            var (task, body) in ((string, object)[])
                [
                    (shared.Task, new { status = "REVIEW", insist = true }),
                    (shared.Task, new { status = "IN_PROGRESS" }),
                    (part, new { status = "IN_PROGRESS" }),
                ]
        )
        {
            var refused = await guest.Api.ProblemAsync(409, HttpMethod.Post, $"/api/tasks/{task}/move", body);

            Assert.Null(refused["blocked_by"]);
            Assert.Equal("It waits for a task that you do not see. Its owner can say more.", Text(refused, "detail"));
        }
    }

    [Fact]
    public async Task A_guest_writes_and_uploads_and_has_only_their_own_to_take_away()
    {
        var owner = await republic.NewPersonAsync("OwnerG");
        var guest = await republic.NewPersonAsync("GuestG");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);

        var comment = (await guest.Api.PostAsync($"{shared.Path}/comments", new { content = "Looks good." }))["comment"]!;
        var file = await SharedTask.UploadAsync(guest, shared.Part, "guest.txt", "by the guest");
        var kept = await SharedTask.UploadAsync(guest, shared.Part, "kept.txt", "stays");
        await guest.Api.PutAsync($"{shared.Path}/comments/{Text(comment, "id")}", new { content = "Looks fine." });
        await owner.Api.ProblemAsync(404, HttpMethod.Put, $"{shared.Path}/comments/{Text(comment, "id")}", new { content = "Mine." });
        await guest.Api.DeleteAsync($"/api/tasks/{shared.Part}/attachments/{file}");
        Assert.Equal(guest.Id, await OwnerOfAsync(kept));

        await guest.Api.DeleteAsync($"/api/tasks/shared/{await shared.ShareOfAsync(guest)}");

        Assert.Equal(owner.Id, await OwnerOfAsync(kept));
        Assert.Contains("Looks fine.", await (await owner.BrowserAsync()).ReadAsync($"/tasks/{shared.Task}"));
        Assert.Equal([kept], (await owner.Api.GetAsync($"/api/tasks/{shared.Part}/attachments"))["attachments"]!.AsArray().Select(Id));

        Task<Guid> OwnerOfAsync(string attachment) =>
            republic.QueryAsync(db => db.TaskAttachments.Where(a => a.Id == Guid.Parse(attachment)).Select(a => a.OwnerId).SingleAsync(Ct));
    }

    [Fact]
    public async Task What_a_guest_writes_lets_no_minion_go_on_and_is_read_when_it_does()
    {
        await using var vendor = new FakeVendor();
        var owner = await republic.NewPersonAsync("OwnerO");
        var guest = await republic.NewPersonAsync("GuestO");
        var tasks = new Tasked(republic, owner);
        vendor.Answers($"{TaskAnswer.Needs} the row's number");
        var task = await tasks.MakeAsync((await owner.NewMinionAsync("asks", vendor)).Id);
        await tasks.EndAsync(task);
        var shared = new SharedTask(owner, task.ToString(), "Find the row");
        await shared.AcceptedByAsync(guest);

        await guest.Api.PostAsync($"{shared.Path}/comments", new { content = "It is 12." });
        Assert.Single(await tasks.AttemptsAsync(task));

        vendor.Answers("Row 12.");
        await tasks.SayAsync(task, "What they said.");
        await tasks.EndAsync(task, attempts: 2);
        Assert.Equal(2, vendor.Requests.Count);
        Assert.Contains("It is 12.", vendor.LastRequest.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_a_minions_work_stands_is_told_to_the_owner_alone()
    {
        await using var vendor = new FakeVendor();
        var owner = await republic.NewPersonAsync("OwnerP");
        var guest = await republic.NewPersonAsync("GuestP");
        var tasks = new Tasked(republic, owner);
        vendor.Answers($"{TaskAnswer.Needs} the number of the row");
        var task = await tasks.MakeAsync((await owner.NewMinionAsync("asks-p", vendor)).Id, budget: 0.33m);
        var attempt = await tasks.EndAsync(task);
        var shared = new SharedTask(owner, task.ToString(), "Find the row");
        await shared.AcceptedByAsync(guest);

        var mine = (await owner.Api.GetAsync(shared.Path))["task"]!;
        var seen = (await guest.Api.GetAsync(shared.Path))["task"]!;
        var here = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task}");
        var there = await (await guest.BrowserAsync()).ReadAsync($"/tasks/{task}");

        Assert.Equal((true, false), (mine["waiting"]!.GetValue<bool>(), seen["waiting"]!.GetValue<bool>()));
        Assert.Contains("the number of the row", there, StringComparison.Ordinal);
        string[] signs =
        [
            "id=\"work\"",
            "id=\"h-attempts\"",
            "id=\"work-said\"",
            "id=\"task-chat\"",
            "waits for your answer",
            "<bdi>began</bdi>",
            "<bdi>asked for something</bdi>",
            "$0.33",
        ];
        foreach (var sign in signs)
        {
            Assert.Contains(sign, here, StringComparison.Ordinal);
            Assert.DoesNotContain(sign, there, StringComparison.Ordinal);
        }

        await owner.Api.GetAsync($"{shared.Path}/attempts/{attempt.Id}");
        await guest.Api.ProblemAsync(404, HttpMethod.Get, $"{shared.Path}/attempts/{attempt.Id}");
    }

    [Fact]
    public async Task A_minion_at_work_or_failing_shows_to_the_owner_alone()
    {
        await using var vendor = new FakeVendor();
        var owner = await republic.NewPersonAsync("OwnerT");
        var guest = await republic.NewPersonAsync("GuestT");
        var tasks = new Tasked(republic, owner);
        var hand = vendor.AnswersByHand();
        var whole = await tasks.MakeAsync(null, "The whole");
        var shared = new SharedTask(owner, whole.ToString(), "The whole");
        await shared.AcceptedByAsync(guest);
        var minion = (await owner.NewMinionAsync("works-t", vendor)).Id;
        var part = Guid.Parse(
            await NewAsync(
                owner,
                new
                {
                    title = "The part",
                    parent_id = whole,
                    assigned_to = minion,
                }
            )
        );
        await hand.Asked;

        await SignAsync("At work</span>");
        var listed = (await guest.Api.GetAsync("/api/tasks?shared=true"))["tasks"]!.AsArray();
        Assert.All(listed, task => Assert.False(task!["working"]!.GetValue<bool>()));
        await tasks.StopAsync(part);
        vendor.CutsAfter("Half");
        await tasks.StartAsync(part);
        await tasks.EndAsync(part, attempts: 2);
        await SignAsync("Failed</span>");

        async Task SignAsync(string sign)
        {
            Assert.Contains(sign, await (await owner.BrowserAsync()).ReadAsync($"/tasks/{whole}"), StringComparison.Ordinal);
            Assert.DoesNotContain(sign, await (await guest.BrowserAsync()).ReadAsync($"/tasks/{whole}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_chat_that_a_task_came_from_and_those_about_it_are_the_owners_alone()
    {
        await using var vendor = new FakeVendor();
        var owner = await republic.NewPersonAsync("OwnerQ");
        var guest = await republic.NewPersonAsync("GuestQ");
        var chat = await Chat.BeginAsync(owner, vendor, "clerk-q");
        await chat.AskAsync("Find the row, which is one of many.");
        var message = (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>();
        var shared = new SharedTask(owner, await NewAsync(owner, new { title = "Find it", source_message_id = message }), "Find it");
        await shared.AcceptedByAsync(guest);

        Assert.Equal(chat.Id.ToString(), Text((await owner.Api.GetAsync(shared.Path))["task"]!, "source_conversation_id"));
        var listed = (await guest.Api.GetAsync("/api/tasks?shared=true"))["tasks"]!.AsArray();
        foreach (var seen in new[] { (await guest.Api.GetAsync(shared.Path))["task"]!, Assert.Single(listed)! })
        {
            Assert.Null(seen["source_conversation_id"]);
            Assert.Null(seen["source_message_id"]);
        }

        Assert.Contains("task-source", await (await owner.BrowserAsync()).ReadAsync($"/tasks/{shared.Task}"));
        Assert.DoesNotContain("task-source", await (await guest.BrowserAsync()).ReadAsync($"/tasks/{shared.Task}"));
        var about = new
        {
            participants = new[] { (await guest.NewMinionAsync("talks-q", vendor)).Id },
            related_type = "task",
            related_id = shared.Task,
        };
        var problem = await guest.Api.ProblemAsync(400, HttpMethod.Post, "/api/conversations", about);
        Assert.Equal("There is no such task, or it is not yours.", (string?)problem["errors"]!["related_id"]![0]);
    }

    [Fact]
    public async Task What_waits_for_a_person_are_tasks_of_their_own_and_invitations()
    {
        var owner = await republic.NewPersonAsync("OwnerS");
        var guest = await republic.NewPersonAsync("GuestS");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        Assert.Contains("1<span class=\"vh\"> waiting for you: 1 invitation</span>", await WaitingAsync(guest), StringComparison.Ordinal);

        await SharedTask.AcceptAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });
        await guest.Api.PostAsync($"{shared.Path}/move", new { status = "REVIEW" });

        foreach (var more in (string[])["", $"&assigned_to={guest.Id}", "&shared=true", $"&shared=true&assigned_to={guest.Id}"])
        {
            Assert.Empty(await IdsAsync(guest, $"/api/tasks?waiting=true{more}"));
        }

        Assert.DoesNotContain("waiting for you", await WaitingAsync(guest), StringComparison.Ordinal);
        Assert.Equal([shared.Task], await IdsAsync(owner, "/api/tasks?waiting=true"));
        Assert.Contains("1<span class=\"vh\"> waiting for you</span>", await WaitingAsync(owner), StringComparison.Ordinal);
        await (await SharedTask.MakeAsync(guest)).ShareAsync(owner);
        Assert.Contains(
            "2<span class=\"vh\"> waiting for you: 1 task, 1 invitation</span>",
            await WaitingAsync(owner),
            StringComparison.Ordinal
        );

        static async Task<string> WaitingAsync(Inhabitant person) => await (await person.BrowserAsync()).ReadAsync("/tasks/waiting");
    }

    private static async Task<IEnumerable<string>> IdsAsync(Inhabitant person, string path) =>
        (await person.Api.GetAsync(path))["tasks"]!.AsArray().Select(Id);

    private static async Task<string> NewAsync(Inhabitant person, object task) =>
        Id((await person.Api.PostAsync("/api/tasks", task))["task"]);

    private static string Id(JsonNode? node) => (string)node!["id"]!;

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
