using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tasks.Work;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>What others may see and do of a task, and what nobody learns by sharing one. People are called by their e-mail address here.</summary>
public sealed partial class TaskSharingTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_and_a_person_who_has_not_accepted_reach_nothing()
    {
        var owner = await republic.NewPersonAsync("OwnerA");
        var invited = await republic.NewPersonAsync("InvitedA");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(invited);

        await NothingAsync(await republic.NewPersonAsync("StrangerA"), shared);
        await NothingAsync(invited, shared);

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
            await NothingAsync(person, shared);
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
        Assert.DoesNotContain("7.25", page);
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
    public async Task A_person_who_accepted_changes_nothing_that_is_the_owners()
    {
        var owner = await republic.NewPersonAsync("OwnerD");
        var guest = await republic.NewPersonAsync("GuestD");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
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
        var browser = await guest.BrowserAsync();
        foreach (var page in (string[])["edit", "sharing", "dependencies"])
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

        var refused = await guest.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            $"{shared.Path}/move",
            new { status = "REVIEW", insist = true }
        );

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
    public async Task Sharing_answers_alike_whether_or_not_anybody_is_called_so()
    {
        var owner = await republic.NewPersonAsync("OwnerH");
        var guest = await republic.NewPersonAsync("GuestH");
        var idle = await republic.NewPersonAsync("IdleH");
        await republic.QueryAsync(db =>
            db.Citizens.Where(c => c.Id == idle.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsActive, false), Ct)
        );
        List<(string Answer, string List, string Page)> seen = [];
        foreach (var name in (string[])[$"nobody-{Guid.CreateVersion7():N}", owner.Email, idle.Email, guest.Email])
        {
            var shared = await SharedTask.MakeAsync(owner);
            using var first = await owner.Api.SendAsync(HttpMethod.Post, $"{shared.Path}/shares", new { username = name });
            using var again = await owner.Api.SendAsync(HttpMethod.Post, $"{shared.Path}/shares", new { username = name });
            var answer = $"{first.StatusCode} {await first.Content.ReadAsStringAsync(Ct)} {again.StatusCode} {await again.Content.ReadAsStringAsync(Ct)}";
            Assert.StartsWith("Accepted", answer, StringComparison.Ordinal);
            Assert.Contains("If there is a person called", answer, StringComparison.Ordinal);
            var list = (await owner.Api.GetAsync($"{shared.Path}/shares")).ToJsonString();
            var page = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{shared.Task}");
            seen.Add((Alike(answer, name), Alike(list, name), Alike(page, name)));
            if (name != guest.Email)
            {
                // Or the page of the next would offer this one.
                await owner.Api.DeleteAsync($"/api/tasks/{shared.Part}");
                await owner.Api.DeleteAsync(shared.Path);
            }
        }

        Assert.All(seen, one => Assert.Equal(seen[0], one));
        Assert.Single((await guest.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
        Assert.Empty((await owner.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
        Assert.Empty((await idle.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
    }

    [Fact]
    public async Task A_form_of_the_page_answers_alike_too()
    {
        var owner = await republic.NewPersonAsync("OwnerI");
        var guest = await republic.NewPersonAsync("GuestI");
        var shared = await SharedTask.MakeAsync(owner);
        var browser = await owner.BrowserAsync();
        foreach (var name in (string[])[guest.Email, "nobody at all"])
        {
            var fields = new Dictionary<string, string> { ["Input.Username"] = name };
            using var sent = await browser.SubmitAsync($"/tasks/{shared.Task}", fields, "sharing?handler=Share");
            Assert.Equal((HttpStatusCode.Redirect, $"/tasks/{shared.Task}"), (sent.StatusCode, sent.Headers.Location?.ToString()));
            Assert.Contains($"If there is a person called {name}", WebUtility.HtmlDecode(await browser.ReadAsync($"/tasks/{shared.Task}")));
        }

        using var empty = await browser.SubmitAsync($"/tasks/{shared.Task}", new Dictionary<string, string>(), "sharing?handler=Share");
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task Who_declines_looks_as_if_they_were_not_there_and_is_not_asked_again()
    {
        var owner = await republic.NewPersonAsync("OwnerJ");
        var guest = await republic.NewPersonAsync("GuestJ");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/shares", new { username = "nobody at all" });
        var before = await shared.PictureAsync() + (await owner.Api.GetAsync($"{shared.Path}/shares")).ToJsonString();

        await guest.Api.DeleteAsync($"/api/tasks/shared/{await shared.OfferAsync(guest)}");
        Assert.Equal(before, await shared.PictureAsync() + (await owner.Api.GetAsync($"{shared.Path}/shares")).ToJsonString());

        await shared.ShareAsync(guest);
        Assert.Empty((await guest.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
    }

    [Fact]
    public async Task An_invitation_is_answered_by_whom_it_is_for()
    {
        var owner = await republic.NewPersonAsync("OwnerK");
        var guest = await republic.NewPersonAsync("GuestK");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        var offer = await shared.OfferAsync(guest);
        foreach (var other in (Inhabitant[])[owner, await republic.NewPersonAsync("StrangerK")])
        {
            await other.Api.ProblemAsync(404, HttpMethod.Post, $"/api/tasks/shared/{offer}/accept");
            await other.Api.ProblemAsync(404, HttpMethod.Delete, $"/api/tasks/shared/{offer}");
        }

        await shared.AcceptAsync(guest);
        await shared.AcceptAsync(guest);

        var listed = Assert.Single((await owner.Api.GetAsync($"{shared.Path}/shares"))["shares"]!.AsArray())!;
        Assert.Equal((guest.Email, guest.Id.ToString()), (Text(listed, "username"), Text(listed, "citizen_id")));
        Assert.NotNull(listed["accepted_at"]);
    }

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
    public async Task Who_share_a_task_see_each_other_as_citizens_without_what_is_private()
    {
        var owner = await republic.NewPersonAsync("OwnerM");
        var guest = await republic.NewPersonAsync("GuestM");
        var path = $"/api/citizens/{guest.Id}";
        await guest.Api.PutAsync(
            path,
            new
            {
                first_name = "Gail",
                skills = new[] { "sowing" },
                llm_model = new { provider = "local", model_id = "sprout" },
            }
        );
        await guest.Api.PutAsync($"{path}/custom-fields", new { custom_fields = new[] { new { field_name = "Home", field_value = "SECRET" } } });
        await guest.Api.PostAsync($"{path}/capabilities", new { name = "weeding" });
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);

        var card = (await owner.Api.GetAsync(path))["citizen"]!;
        var page = await (await owner.BrowserAsync()).ReadAsync($"/citizens/{guest.Id}");

        Assert.Equal(("GuestM", "Gail", "sowing"), (Text(card, "display_name"), Text(card, "first_name"), (string?)card["skills"]![0]));
        Assert.Equal("weeding", Text(card["capabilities"]![0]!, "name"));
        foreach (var field in (string[])["email", "username", "llm_model", "embedding_model", "last_login_at", "last_seen_at"])
        {
            Assert.True(card[field] is null, field);
        }

        Assert.Empty(card["custom_fields"]!.AsArray());
        Assert.DoesNotContain("SECRET", page);
        Assert.DoesNotContain(guest.Email, page);
        Assert.DoesNotContain("handler=", page.Split("<main")[1].Split("</main")[0]);
        Assert.Equal([owner.Id, guest.Id], (await owner.Api.GetAsync("/api/citizens"))["citizens"]!.AsArray().Select(c => c!["id"]!.GetValue<Guid>()));
        Assert.Contains("OwnerM", await (await guest.BrowserAsync()).ReadAsync("/citizens"));
        await owner.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/memories");
        await owner.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/custom-fields");
        await owner.Api.ProblemAsync(404, HttpMethod.Put, path, new { skills = new[] { "theft" } });
        await owner.Api.ProblemAsync(404, HttpMethod.Post, $"{path}/capabilities", new { name = "theft" });
        using var edit = await (await owner.BrowserAsync()).GetAsync($"/citizens/{guest.Id}/edit");
        Assert.Equal(HttpStatusCode.NotFound, edit.StatusCode);
    }

    [Fact]
    public async Task The_history_of_a_capability_stays_with_whom_it_is_of()
    {
        var owner = await republic.NewPersonAsync("OwnerN");
        var other = await republic.NewPersonAsync("OtherN");
        var guest = await republic.NewPersonAsync("GuestN");
        var secret = await SharedTask.MakeAsync(other);
        await secret.AcceptedByAsync(guest);
        await other.Api.PostAsync($"/api/tasks/{secret.Part}/assign", new { citizen_id = guest.Id });
        await other.Api.PostAsync($"/api/tasks/{secret.Part}/move", new { status = "DONE" });
        await (await SharedTask.MakeAsync(owner)).AcceptedByAsync(guest);

        var own = (await guest.Api.GetAsync($"/api/citizens/{guest.Id}/capabilities"))["capabilities"]![0]!;
        var seen = (await owner.Api.GetAsync($"/api/citizens/{guest.Id}/capabilities"))["capabilities"]![0]!;

        Assert.Single(own["task_history"]!.AsArray());
        Assert.Equal(("weeding", 1), (Text(seen, "name"), seen["success_count"]!.GetValue<int>()));
        Assert.Null(seen["task_history"]);
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

    [Fact]
    public async Task A_task_is_shared_with_twenty_and_thirty_names_are_tried_a_day()
    {
        var owner = await republic.NewPersonAsync("OwnerP");
        var first = await SharedTask.MakeAsync(owner);
        var second = await SharedTask.MakeAsync(owner);
        for (var n = 0; n < 20; n++)
        {
            await owner.Api.PostAsync($"{first.Path}/shares", new { username = $"first {n}" });
        }

        await owner.Api.ProblemAsync(409, HttpMethod.Post, $"{first.Path}/shares", new { username = "one more" });
        for (var n = 0; n < 10; n++)
        {
            await owner.Api.PostAsync($"{second.Path}/shares", new { username = $"second {n}" });
        }

        await owner.Api.PostAsync($"{second.Path}/shares", new { username = "SECOND 9" });
        await owner.Api.ProblemAsync(429, HttpMethod.Post, $"{second.Path}/shares", new { username = "one more" });
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

        await republic.QueryAsync(db => db.Citizens.Where(c => c.Id == guest.Id).ExecuteDeleteAsync(Ct));

        Assert.Empty((await owner.Api.GetAsync($"{shared.Path}/shares"))["shares"]!.AsArray());
        Assert.Empty((await owner.Api.GetAsync("/api/tasks/shared"))["shares"]!.AsArray());
        Assert.Null((await owner.Api.GetAsync(shared.Path))["task"]!["assigned_to"]);
        Assert.Single((await owner.Api.GetAsync($"{shared.Path}/comments"))["comments"]!.AsArray());
        await NothingAsync(owner, back);
    }

    /// <summary>No door of the task opens, by the API and by its pages.</summary>
    private static async Task NothingAsync(Inhabitant person, SharedTask shared)
    {
        foreach (var (verb, path, body) in shared.Doors())
        {
            await person.Api.ProblemAsync(404, verb, path, body);
        }

        var browser = await person.BrowserAsync();
        foreach (var more in (string[])["", "/edit", "/comments", "/dependencies", "/files", $"/files/{shared.File}", "/sharing"])
        {
            using var answer = await browser.GetAsync($"/tasks/{shared.Task}{more}");
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{more}: {answer.StatusCode}");
        }
    }

    private async Task RootsAreRightAsync(Inhabitant owner)
    {
        var tasks = await republic.QueryAsync(db => db.Tasks.AsNoTracking().Where(t => t.OwnerId == owner.Id).ToDictionaryAsync(t => t.Id, Ct));
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

    private static async Task<string> NewAsync(Inhabitant person, object task) => Id((await person.Api.PostAsync("/api/tasks", task))["task"]);

    private static string Id(JsonNode? node) => (string)node!["id"]!;

    private static string? Text(JsonNode node, string field) => (string?)node[field];

    /// <summary>Without what differs between any two tasks and any two names.</summary>
    private static string Alike(string text, string name)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(name)[1..^1];
        var same = text.Replace(json, "NAME", StringComparison.Ordinal).Replace(WebUtility.HtmlEncode(name), "NAME", StringComparison.Ordinal);
        return Varying().Replace(WebUtility.HtmlDecode(same).Replace(name, "NAME", StringComparison.Ordinal), "");
    }

    // Ids, times, numbers of tasks, positions of live streams, tokens and traces.
    [GeneratedRegex(
        """[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|\d\d:\d\d|T-\d+|[0-9a-f]{8}-\d+|CfDJ8[\w-]+|00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Varying();
}
