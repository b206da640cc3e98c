using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Who sees a task of somebody else, and changes nothing of it. People are called by their e-mail address here.</summary>
public sealed class TaskSharingTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_and_a_person_who_has_not_accepted_reach_nothing()
    {
        var owner = await republic.NewPersonAsync("OwnerA");
        var invited = await republic.NewPersonAsync("InvitedA");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(invited);

        await shared.AssertHiddenAsync(await republic.NewPersonAsync("StrangerA"));
        await shared.AssertHiddenAsync(invited);

        var offer = Assert.Single((await invited.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray())!;
        Assert.Equal((shared.Title, "OwnerA"), (Text(offer, "title"), Text(offer, "owner")));
        foreach (var field in (string[])["task_id", "owner_id", "number", "status", "accepted_at"])
        {
            Assert.True(offer[field] is null, field);
        }

        Assert.DoesNotContain(shared.Task, offer.ToJsonString());
        Assert.Empty((await invited.Api.GetAsync("/api/tasks?shared=true"))["tasks"]!.AsArray());
        await invited.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{owner.Id}");
    }

    [Fact]
    public async Task When_a_share_has_ended_nothing_is_to_be_seen_any_more()
    {
        var owner = await republic.NewPersonAsync("OwnerB");
        var ended = await republic.NewPersonAsync("EndedB");
        var left = await republic.NewPersonAsync("LeftB");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(ended);
        await shared.AcceptedByAsync(left);
        await owner.Api.PostAsync($"/api/tasks/{shared.Part}/assign", new { citizen_id = ended.Id });
        await owner.Api.PostAsync($"/api/tasks/{shared.Task}/assign", new { citizen_id = left.Id });

        await owner.Api.DeleteAsync($"{shared.Path}/shares/{await shared.ShareOfAsync(ended)}");
        await left.Api.DeleteAsync($"/api/tasks/shared/{await shared.ShareOfAsync(left)}");

        foreach (var person in (Inhabitant[])[ended, left])
        {
            await shared.AssertHiddenAsync(person);
            Assert.Empty((await person.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
            Assert.Empty((await person.Api.GetAsync("/api/tasks?shared=true"))["tasks"]!.AsArray());
            Assert.Empty((await person.Api.GetAsync($"/api/tasks?assigned_to={person.Id}"))["tasks"]!.AsArray());
            await person.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{owner.Id}");
            await owner.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{person.Id}");
        }

        foreach (var (task, name) in new[] { (shared.Part, "EndedB"), (shared.Task, "LeftB") })
        {
            Assert.Null((await owner.Api.GetAsync($"/api/tasks/{task}"))["task"]!["assigned_to"]);
            Assert.Contains($"took it from {name}", await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task}"));
        }

        Assert.Empty((await owner.Api.GetAsync($"{shared.Path}/shares"))["shares"]!.AsArray());
    }

    [Fact]
    public async Task A_person_who_accepted_sees_the_task_with_its_parts_and_nothing_beside_it()
    {
        var owner = await republic.NewPersonAsync("OwnerC");
        var guest = await republic.NewPersonAsync("GuestC");
        var shared = await SharedTask.MakeAsync(owner);
        var outside = await NewAsync(owner, new { title = "Outside of it" });
        await owner.Api.PostAsync($"{shared.Path}/dependencies", new { depends_on_id = outside });
        await shared.AcceptedByAsync(guest);

        var mine = (await owner.Api.GetAsync(shared.Path))["task"]!;
        var seen = (await guest.Api.GetAsync(shared.Path))["task"]!;
        var list = (await guest.Api.GetAsync("/api/tasks?shared=true"))["tasks"]!.AsArray();
        var page = await (await guest.BrowserAsync()).ReadAsync($"/tasks/{shared.Task}");

        Assert.Equal((7.25m, outside), (mine["budget"]!.GetValue<decimal>(), Text(mine, "depends_on_id")));
        Assert.Equal(("Said more", owner.Id.ToString()), (Text(seen, "description"), Text(seen, "owner_id")));
        Assert.Null(seen["budget"]);
        Assert.Null(seen["depends_on_id"]);
        Assert.Empty(seen["blocked_by"]!.AsArray());
        Assert.Equal([shared.Part, shared.Task], list.Select(task => Text(task!, "id")));
        Assert.All(list, task => Assert.Null(task!["budget"]));
        Assert.Single((await guest.Api.GetAsync($"{shared.Path}/comments"))["comments"]!.AsArray());
        using var file = await guest.Api.SendAsync(HttpMethod.Get, $"{shared.Path}/attachments/{shared.File}");
        Assert.Equal("the file", await file.Content.ReadAsStringAsync(Ct));
        Assert.Contains("The owner wrote this", page);
        Assert.Contains("A part of it", page);
        Assert.DoesNotContain("$7.25", page);
        Assert.DoesNotContain("Outside of it", page);
        Assert.DoesNotContain(outside, page);
        Assert.DoesNotContain("/edit", page);
        Assert.DoesNotContain("handler=Assign", page);
        Assert.DoesNotContain("handler=Delete", page.Split("id=\"comments\"")[0]);
        Assert.DoesNotContain("/sharing", page);
        Assert.DoesNotContain(shared.Title, await (await guest.BrowserAsync()).ReadAsync("/tasks"));
        Assert.Empty((await guest.Api.GetAsync("/api/tasks"))["tasks"]!.AsArray());
    }

    [Fact]
    public async Task That_a_task_waits_for_one_outside_of_it_is_not_told_by_the_list_of_those_that_are_blocked()
    {
        var owner = await republic.NewPersonAsync("OwnerE");
        var guest = await republic.NewPersonAsync("GuestE");
        var shared = await SharedTask.MakeAsync(owner);
        var outside = await NewAsync(owner, new { title = "Outside of it" });
        await owner.Api.PostAsync($"{shared.Path}/dependencies", new { depends_on_id = outside });
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });

        Assert.Empty(await BlockedAsync(guest, "shared=true"));
        Assert.Empty(await BlockedAsync(guest, $"assigned_to={guest.Id}"));
        Assert.Equal([shared.Task], await BlockedAsync(owner, ""));
        Assert.Equal([shared.Task], await BlockedAsync(owner, $"assigned_to={guest.Id}"));

        var other = await NewAsync(owner, new { title = "Another part", parent_id = shared.Task });
        await owner.Api.PostAsync($"/api/tasks/{shared.Part}/dependencies", new { depends_on_id = other });
        Assert.Equal([shared.Part], await BlockedAsync(guest, "shared=true"));
    }

    [Fact]
    public async Task A_person_who_accepted_changes_nothing_that_is_the_owners()
    {
        var owner = await republic.NewPersonAsync("OwnerD");
        var guest = await republic.NewPersonAsync("GuestD");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = owner.Id });
        var own = await NewAsync(guest, new { title = "My own" });
        var before = await shared.PictureAsync();

        foreach (var (verb, path, body) in shared.Doors().Where(door => !door.IsForGuests))
        {
            await guest.Api.ProblemAsync(404, verb, path, body);
        }

        foreach (var status in (string[])["TODO", "IN_PROGRESS", "REVIEW", "DONE", "ARCHIVED"])
        {
            await guest.Api.ProblemAsync(403, HttpMethod.Post, $"{shared.Path}/move", new { status });
        }

        await guest.Api.ProblemAsync(400, HttpMethod.Post, "/api/tasks", new { title = "In it", parent_id = shared.Task });
        await guest.Api.ProblemAsync(400, HttpMethod.Put, $"/api/tasks/{own}", new { parent_id = shared.Task });
        await guest.Api.ProblemAsync(400, HttpMethod.Post, $"/api/tasks/{own}/dependencies", new { depends_on_id = shared.Task });
        Assert.Equal(before, await shared.PictureAsync());
    }

    [Fact]
    public async Task Nor_do_they_by_the_forms_of_its_pages()
    {
        var owner = await republic.NewPersonAsync("OwnerR");
        var guest = await republic.NewPersonAsync("GuestR");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        var before = await shared.PictureAsync();
        var browser = await guest.BrowserAsync();
        foreach (var page in (string[])["edit", "sharing", "dependencies", "conversation", "work", "work?handler=Ended"])
        {
            using var refused = await browser.GetAsync($"/tasks/{shared.Task}/{page}");
            Assert.True(refused.StatusCode == HttpStatusCode.NotFound, $"{page}: {refused.StatusCode}");
        }

        foreach (
            var post in (string[])
                [
                    "?handler=Assign",
                    "?handler=Accept",
                    "?handler=SendBack",
                    "?handler=Delete",
                    "?handler=Move&to=DONE",
                    "/edit",
                    "/dependencies?handler=Add&other=T-1",
                    "/sharing?handler=Share&Input.Username=x",
                    $"/sharing?handler=End&share={await shared.ShareOfAsync(guest)}",
                    "/conversation",
                    "/work?handler=Start",
                    "/work?handler=Stop",
                    $"/files/{shared.File}?handler=Delete",
                    $"/comments?handler=Delete&comment={shared.Comment}",
                ]
        )
        {
            using var form = new FormUrlEncodedContent([
                new("__RequestVerificationToken", Html.Token(await browser.ReadAsync("/account"))),
                new("Input.Content", "x"),
            ]);
            using var refused = await browser.Http.PostAsync($"/tasks/{shared.Task}{post}", form, Ct);
            Assert.True(refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{post}: {refused.StatusCode}");
        }

        Assert.Equal(before, await shared.PictureAsync());
    }

    private static async Task<string> NewAsync(Inhabitant person, object task) =>
        Id((await person.Api.PostAsync("/api/tasks", task))["task"]);

    private static async Task<IEnumerable<string?>> BlockedAsync(Inhabitant person, string query) =>
        (await person.Api.GetAsync($"/api/tasks?blocked=true&{query}"))["tasks"]!.AsArray().Select(task => Text(task!, "id"));

    private static string Id(JsonNode? node) => (string)node!["id"]!;

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
