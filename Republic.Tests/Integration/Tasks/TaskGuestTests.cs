using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tasks.Work;
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
        await shared.AcceptAsync(guest);
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

        var refused = await guest.Api.ProblemAsync(409, HttpMethod.Post, $"{shared.Path}/move", new { status = "REVIEW", insist = true });

        Assert.Null(refused["blocked_by"]);
        Assert.DoesNotContain("T-3", Text(refused, "detail"), StringComparison.Ordinal);
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
    public async Task What_a_guest_writes_lets_no_minion_go_on()
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
    }

    private static async Task<IEnumerable<string>> IdsAsync(Inhabitant person, string path) =>
        (await person.Api.GetAsync(path))["tasks"]!.AsArray().Select(Id);

    private static async Task<string> NewAsync(Inhabitant person, object task) =>
        Id((await person.Api.PostAsync("/api/tasks", task))["task"]);

    private static string Id(JsonNode? node) => (string)node!["id"]!;

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
