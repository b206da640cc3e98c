using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Chats about tasks.</summary>
public sealed class TaskConversationTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Path = "/api/conversations";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chat_of_a_task_knows_the_task_and_the_task_knows_what_is_unread_in_it()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Asks");
        var (minion, task) = await TaskAsync(person, vendor);
        await person.Api.PostAsync($"/api/tasks/{task}/comments", new { content = "Only orders of May count." });
        var browser = await person.BrowserAsync();
        using var opened = await browser.SubmitAsync($"/tasks/{task}", new Dictionary<string, string>(), "/conversation");
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        var address = opened.Headers.Location!.ToString();
        var chat = new Chat(person.Api, Guid.Parse(address.Split('/')[^1]));
        var row = (await person.Api.GetAsync($"{Path}/{chat.Id}"))["conversation"]!;
        Assert.Equal(
            ("T-1 Find the row", "task", task),
            ((string?)row["title"], (string?)row["related_type"], row["related_id"]!.GetValue<Guid>())
        );
        Assert.Contains(row["participants"]!.AsArray(), participant => participant!["id"]!.GetValue<Guid>() == minion);

        await chat.AskAsync("How far is it?");

        var system = Told(vendor);
        Assert.Contains("T-1 Find the row\nState: ", system, StringComparison.Ordinal);
        Assert.Contains("One row is missing.", system, StringComparison.Ordinal);
        Assert.Contains("Only orders of May count.", system, StringComparison.Ordinal);
        var before = await browser.ReadAsync($"/tasks/{task}");
        Assert.Contains("data-tone=\"warn\">1 unread</span>", before, StringComparison.Ordinal);
        var page = await browser.ReadAsync(address);
        Assert.Contains(
            $"About <a id=\"chat-task\" href=\"/tasks/{task}\">T-1 <bdi>Find the row</bdi></a>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<span class=\"turn-status\">Read</span>", page, StringComparison.Ordinal);
        var after = await browser.ReadAsync($"/tasks/{task}");
        Assert.DoesNotContain("data-tone=\"warn\">1 unread</span>", after, StringComparison.Ordinal);
        Assert.Contains("You last read it", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clicks_at_the_same_time_open_one_chat_and_so_does_the_api()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Clicks");
        var (minion, task) = await TaskAsync(person, vendor);
        var browser = await person.BrowserAsync();
        var clicks = Enumerable
            .Range(0, 4)
            .Select(async _ =>
            {
                using var opened = await browser.SubmitAsync($"/tasks/{task}", new Dictionary<string, string>(), "/conversation");
                return opened.Headers.Location!.ToString();
            });
        var calls = Enumerable
            .Range(0, 4)
            .Select(async _ => $"/chats/{(string?)(await person.Api.PostAsync(Path, About(minion, task)))["conversation"]!["id"]}");

        var addresses = await Task.WhenAll(clicks.Concat(calls));

        Assert.Single(addresses.Distinct());
        Assert.Equal(1, await republic.QueryAsync(db => db.Conversations.CountAsync(c => c.RelatedId == task, Ct)));
    }

    [Fact]
    public async Task The_version_that_answers_in_the_chat_of_a_task_is_the_one_it_began_with()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Versions");
        var (minion, task) = await TaskAsync(person, vendor);
        await PlantedVersions.PlantAsync(republic, minion);
        object With(int? version) =>
            new
            {
                participants = new[] { minion },
                related_type = "task",
                related_id = task,
                minion_version = version,
            };
        var begun = (await person.Api.PostAsync(Path, With(null)))["conversation"]!["id"]!.GetValue<Guid>();

        var other = await person.Api.ProblemAsync(409, HttpMethod.Post, Path, With(1));

        Assert.Contains("in which another version answers", (string?)other["detail"], StringComparison.Ordinal);
        Assert.Equal(begun, (await person.Api.PostAsync(Path, With(null)))["conversation"]!["id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task Only_a_persons_own_task_can_be_talked_about_and_chats_are_listed_by_it()
    {
        await using var vendor = new FakeVendor();
        var (_, hers) = await TaskAsync(await republic.NewPersonAsync("Keeps"), vendor);
        var person = await republic.NewPersonAsync("Lists");
        var (minion, task) = await TaskAsync(person, vendor);
        foreach (var id in new Guid?[] { hers, Guid.CreateVersion7(), null })
        {
            var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, Path, About(minion, id));
            Assert.Equal("There is no such task, or it is not yours.", (string?)problem["errors"]!["related_id"]![0]);
        }

        var about = (await person.Api.PostAsync(Path, About(minion, task)))["conversation"]!["id"]!.GetValue<Guid>();
        await Chat.BeginAsync(person, minion);
        Assert.Equal([about], await ListedAsync(person, $"?related_type=task&related_id={task}"));
        Assert.Equal([about], await ListedAsync(person, "?related_type=task"));
        Assert.Empty(await ListedAsync(person, $"?related_type=task&related_id={hers}"));
        Assert.Equal(2, (await ListedAsync(person, "")).Count);
    }

    [Fact]
    public async Task Once_the_task_is_deleted_the_chat_is_one_about_nothing_in_particular()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Drops");
        var (minion, task) = await TaskAsync(person, vendor);
        var row = (await person.Api.PostAsync(Path, About(minion, task)))["conversation"]!;
        var chat = new Chat(person.Api, row["id"]!.GetValue<Guid>());
        await person.Api.DeleteAsync($"/api/tasks/{task}");
        vendor.Requests.Clear();

        await chat.AskAsync("Are you still there?");

        Assert.NotEmpty(vendor.Requests);
        Assert.DoesNotContain(vendor.Requests, request => request.Body?.ToJsonString().Contains("This chat is about") == true);
        var left = (await person.Api.GetAsync($"{Path}/{chat.Id}"))["conversation"]!;
        Assert.Null(left["related_type"]);
        Assert.Null(left["related_id"]);
        Assert.DoesNotContain("chat-task", await (await person.BrowserAsync()).ReadAsync($"/chats/{chat.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_of_a_person_has_no_chat()
    {
        var person = await republic.NewPersonAsync("Alone");
        var made = await person.Api.PostAsync("/api/tasks", new { title = "Mine", assigned_to = person.Id });
        var task = (string?)made["task"]!["id"];
        var browser = await person.BrowserAsync();
        Assert.DoesNotContain("Talk about it", await browser.ReadAsync($"/tasks/{task}"), StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", Html.Token(await browser.ReadAsync($"/tasks/{task}"))),
        ]);
        using var refused = await browser.Http.PostAsync($"/tasks/{task}/conversation", form, Ct);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("No minion of yours does it.", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    /// <summary>The character that the minion was given for the chat, which is not the one of its work on the task.</summary>
    private static string Told(FakeVendor vendor) =>
        vendor
            .Requests.Select(request => (string?)request.Body?["messages"]?[0]?["content"])
            .Single(system => system?.Contains("This chat is about a task", StringComparison.Ordinal) == true)!;

    private static object About(Guid minion, Guid? task) =>
        new
        {
            participants = new[] { minion },
            related_type = "task",
            related_id = task,
        };

    private static async Task<List<Guid>> ListedAsync(Inhabitant person, string query) =>
        [.. (await person.Api.GetAsync($"{Path}{query}"))["conversations"]!.AsArray().Select(row => row!["id"]!.GetValue<Guid>())];

    private static async Task<(Guid Minion, Guid Task)> TaskAsync(Inhabitant person, FakeVendor vendor)
    {
        var minion = (await person.NewMinionAsync("clerk", vendor)).Id;
        var made = await person.Api.PostAsync(
            "/api/tasks",
            new
            {
                title = "Find the row",
                description = "One row is missing.",
                assigned_to = minion,
            }
        );
        return (minion, made["task"]!["id"]!.GetValue<Guid>());
    }
}
