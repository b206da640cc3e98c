using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>What nobody learns by entering a name: whether there is a person of it, before that person accepts.</summary>
public sealed partial class TaskShareAnswerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
            var answer =
                $"{first.StatusCode} {await first.Content.ReadAsStringAsync(Ct)} {again.StatusCode} {await again.Content.ReadAsStringAsync(Ct)}";
            Assert.StartsWith("Accepted", answer, StringComparison.Ordinal);
            Assert.Contains("If there is a person called", answer, StringComparison.Ordinal);
            var list = (await owner.Api.GetAsync($"{shared.Path}/shares")).ToJsonString();
            var page = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{shared.Task}");
            seen.Add((Alike(answer, name), Alike(list, name), Alike(Alike(page, name), owner.Email)));
            if (name != guest.Email)
            {
                // Or the page of the next would offer this one.
                await owner.Api.DeleteAsync($"/api/tasks/{shared.Part}");
                await owner.Api.DeleteAsync(shared.Path);
            }
        }

        Assert.All(
            seen,
            one =>
            {
                Assert.Equal(seen[0].Answer, one.Answer);
                Assert.Equal(seen[0].List, one.List);
                Assert.Equal(seen[0].Page, one.Page);
            }
        );
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

        await guest.Api.DeleteAsync($"/api/tasks/shared/{await SharedTask.OfferAsync(guest)}");
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
        var offer = await SharedTask.OfferAsync(guest);
        foreach (var other in (Inhabitant[])[owner, await republic.NewPersonAsync("StrangerK")])
        {
            await other.Api.ProblemAsync(404, HttpMethod.Post, $"/api/tasks/shared/{offer}/accept");
            await other.Api.ProblemAsync(404, HttpMethod.Delete, $"/api/tasks/shared/{offer}");
        }

        await SharedTask.AcceptAsync(guest);
        await SharedTask.AcceptAsync(guest);

        var listed = Assert.Single((await owner.Api.GetAsync($"{shared.Path}/shares"))["shares"]!.AsArray())!;
        Assert.Equal((guest.Email, guest.Id.ToString()), (Text(listed, "username"), Text(listed, "citizen_id")));
        Assert.NotNull(listed["accepted_at"]);
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

    private static string? Text(JsonNode node, string field) => (string?)node[field];

    /// <summary>Without what differs between any two tasks and any two names.</summary>
    private static string Alike(string text, string name)
    {
        var json = JsonSerializer.Serialize(name)[1..^1];
        var same = text.Replace(json, "NAME", StringComparison.Ordinal)
            .Replace(WebUtility.HtmlEncode(name), "NAME", StringComparison.Ordinal);
        return Varying().Replace(WebUtility.HtmlDecode(same).Replace(name, "NAME", StringComparison.Ordinal), "");
    }

    // Ids, times, numbers of tasks, positions of live streams, tokens and traces.
    [GeneratedRegex(
        """[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(Z|(\+|\\u002B)00:00)|\d\d:\d\d|T-\d+|[0-9a-f]{8}-\d+|CfDJ8[\w-]+|00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Varying();
}
