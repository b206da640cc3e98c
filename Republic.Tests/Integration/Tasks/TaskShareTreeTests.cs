using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>What is shared with a top task, as parts come and go, and accounts.</summary>
public sealed class TaskShareTreeTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_top_task_is_shared_and_it_stays_one()
    {
        var owner = await republic.NewPersonAsync("OwnerL");
        var guest = await republic.NewPersonAsync("GuestL");
        var shared = await SharedTask.MakeAsync(owner);
        var other = await NewAsync(owner, new { title = "Another top" });
        await owner.Api.ProblemAsync(409, HttpMethod.Post, $"/api/tasks/{shared.Part}/shares", new { username = guest.Email });
        await owner.Api.ProblemAsync(400, HttpMethod.Post, $"{shared.Path}/shares", new { username = " " });
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"/api/tasks/{shared.Part}/assign", new { citizen_id = guest.Id });

        await owner.Api.ProblemAsync(409, HttpMethod.Put, shared.Path, new { parent_id = other });
        var leaf = await NewAsync(owner, new { title = "Below the part", parent_id = shared.Part });
        Assert.Equal("Below the part", Text((await guest.Api.GetAsync($"/api/tasks/{leaf}"))["task"]!, "title"));

        await owner.Api.PutAsync($"/api/tasks/{shared.Part}", new { parent_id = other });
        await guest.Api.ProblemAsync(404, HttpMethod.Get, $"/api/tasks/{shared.Part}");
        await guest.Api.ProblemAsync(404, HttpMethod.Get, $"/api/tasks/{leaf}");
        Assert.Null((await owner.Api.GetAsync($"/api/tasks/{shared.Part}"))["task"]!["assigned_to"]);
        Assert.Equal(shared.Title, Text((await guest.Api.GetAsync(shared.Path))["task"]!, "title"));

        await owner.Api.PutAsync($"/api/tasks/{leaf}", new { parent_id = (string?)null });
        await owner.Api.PutAsync($"/api/tasks/{shared.Part}", new { parent_id = shared.Task });
        Assert.Equal([shared.Part, shared.Task], await IdsAsync(guest, "/api/tasks?shared=true"));
        await RootsAreRightAsync(owner);
    }

    [Fact]
    public async Task Files_of_a_part_that_is_moved_out_become_the_owners()
    {
        var owner = await republic.NewPersonAsync("OwnerM");
        var guest = await republic.NewPersonAsync("GuestM");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        var leaf = await NewAsync(owner, new { title = "Below the part", parent_id = shared.Part });
        var moved = await SharedTask.UploadAsync(guest, leaf, "leaf.txt", "by the guest");
        var kept = await SharedTask.UploadAsync(guest, shared.Task, "top.txt", "by the guest");

        await owner.Api.PutAsync($"/api/tasks/{shared.Part}", new { parent_id = (string?)null });

        Assert.Equal((owner.Id, guest.Id), (await OwnerOfAsync(moved), await OwnerOfAsync(kept)));

        Task<Guid> OwnerOfAsync(string file) =>
            republic.QueryAsync(db => db.TaskAttachments.Where(a => a.Id == Guid.Parse(file)).Select(a => a.OwnerId).SingleAsync(Ct));
    }

    [Fact]
    public async Task An_account_that_is_deleted_takes_its_shares_with_it_both_ways()
    {
        var owner = await republic.NewPersonAsync("OwnerQ");
        var guest = await republic.NewPersonAsync("GuestQ");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });
        await guest.Api.PostAsync($"{shared.Path}/comments", new { content = "By the guest." });
        var back = await SharedTask.MakeAsync(guest);
        await back.AcceptedByAsync(owner);
        var other = await SharedTask.MakeAsync(guest);
        await guest.Api.PostAsync($"{other.Path}/dependencies", new { depends_on_id = back.Task });
        await guest.Api.PostAsync($"{back.Path}/dependencies", new { depends_on_id = (await SharedTask.MakeAsync(guest)).Task });

        await republic.QueryAsync(db => db.Citizens.Where(c => c.Id == guest.Id).ExecuteDeleteAsync(Ct));

        Assert.Empty((await owner.Api.GetAsync($"{shared.Path}/shares"))["shares"]!.AsArray());
        Assert.Empty((await owner.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
        Assert.Null((await owner.Api.GetAsync(shared.Path))["task"]!["assigned_to"]);
        var comments = (await owner.Api.GetAsync($"{shared.Path}/comments"))["comments"]!.AsArray();
        Assert.Equal(2, comments.Count);
        Assert.Null(comments.Single(comment => (string)comment!["content"]! == "By the guest.")!["user_id"]);
        await back.AssertHiddenAsync(owner);
    }

    private async Task RootsAreRightAsync(Inhabitant owner)
    {
        var tasks = await republic.QueryAsync(db =>
            db.Tasks.AsNoTracking().Where(t => t.OwnerId == owner.Id).ToDictionaryAsync(t => t.Id, Ct)
        );
        Assert.All(
            tasks.Values,
            task =>
            {
                var top = task;
                while (top.ParentId is { } parent)
                {
                    top = tasks[parent];
                }

                Assert.Equal(top.Id, task.RootId);
            }
        );
    }

    private static async Task<IEnumerable<string>> IdsAsync(Inhabitant person, string path) =>
        (await person.Api.GetAsync(path))["tasks"]!.AsArray().Select(Id);

    private static async Task<string> NewAsync(Inhabitant person, object task) =>
        Id((await person.Api.PostAsync("/api/tasks", task))["task"]);

    private static string Id(JsonNode? node) => (string)node!["id"]!;

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
