using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks.Comments;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Comments of somebody with whom a task is shared, as many as it can have, and how many of them its page shows.</summary>
public sealed partial class TaskCommentTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_who_fills_a_task_hides_no_result_and_the_owner_makes_room()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Row 10382 is missing.");
        var owner = await republic.NewPersonAsync("OwnerA");
        var guest = await republic.NewPersonAsync("GuestA");
        var tasks = new Tasked(republic, owner);
        var task = await tasks.MakeAsync((await owner.NewMinionAsync("hands-in", vendor)).Id);
        await tasks.EndAsync(task);
        var shared = new SharedTask(owner, task.ToString(), "Find the row");
        await shared.AcceptedByAsync(guest);
        await FillAsync(task, guest, TaskComments.MostPerTask);
        var comments = $"{shared.Path}/comments";
        var all = (await guest.Api.GetAsync($"{comments}?limit=200"))["comments"]!.AsArray();
        var handIn = Assert.Single(all, comment => Text(comment!, "kind") == "hand-in")!;
        var theirs = all.Where(comment => Text(comment!, "kind") == "comment").Select(comment => Text(comment!, "id")).ToList();

        var page = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task}");

        Assert.Contains("<h2 id=\"h-review\">Hand-in</h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"id=\"c-{Text(handIn, "id")}\"", page, StringComparison.Ordinal);
        var before = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task}?until={theirs[0]}");
        Assert.Contains($"handler=Delete&amp;comment={theirs[0]}", before, StringComparison.Ordinal);
        await owner.Api.ProblemAsync(409, HttpMethod.Post, comments, new { content = "One more" });
        var back = new { status = "IN_PROGRESS", reason = "Name the order." };
        await owner.Api.ProblemAsync(409, HttpMethod.Post, $"{shared.Path}/move", back);
        Assert.Equal("REVIEW", Text((await owner.Api.GetAsync(shared.Path))["task"]!, "status"));

        await guest.Api.ProblemAsync(404, HttpMethod.Delete, $"{comments}/{Text(handIn, "id")}");
        await owner.Api.DeleteAsync($"{comments}/{theirs[0]}");
        var browser = await owner.BrowserAsync();
        using var deleted = await browser.SubmitAsync(
            $"/tasks/{task}?until={theirs[1]}",
            new Dictionary<string, string>(),
            $"handler=Delete&comment={theirs[1]}"
        );
        Assert.Equal(302, (int)deleted.StatusCode);
        await owner.Api.PostAsync(comments, new { content = "One more" });
    }

    [Fact]
    public async Task A_page_shows_fifty_comments_with_what_happened_meanwhile_and_leads_to_those_before()
    {
        var owner = await republic.NewPersonAsync("OwnerB");
        var shared = await SharedTask.MakeAsync(owner);
        var task = Guid.Parse(shared.Task);
        await FillAsync(task, owner, 60);
        await owner.Api.PostAsync($"{shared.Path}/move", new { status = "IN_PROGRESS" });
        var browser = await owner.BrowserAsync();

        var newest = await browser.ReadAsync($"/tasks/{task}");
        var link = Earlier().Match(newest).Groups["address"].Value;
        var before = await browser.ReadAsync(link);

        Assert.Equal(["Comment 11", "Comment 60"], Ends(newest));
        Assert.Equal(["The owner wrote this", "Comment 10"], Ends(before));
        Assert.Contains("<span class=\"count\">61</span>", newest, StringComparison.Ordinal);
        Assert.Contains("moved it from", newest, StringComparison.Ordinal);
        Assert.DoesNotContain("made the task", newest, StringComparison.Ordinal);
        Assert.Contains("made the task", before, StringComparison.Ordinal);
        Assert.DoesNotContain("moved it from", before, StringComparison.Ordinal);
        Assert.DoesNotMatch(Earlier(), before);
        Assert.Contains("Show the newest", before, StringComparison.Ordinal);
        Assert.Contains($"data-watch=\"{link}\"", before, StringComparison.Ordinal);

        static IEnumerable<string> Ends(string page)
        {
            var texts = Prose().Matches(page).Select(match => match.Groups["text"].Value).ToList();
            return [texts[0], texts[^1]];
        }
    }

    [Fact]
    public async Task A_guest_writes_ten_comments_a_minute_and_the_owner_as_many_as_they_like()
    {
        var (owner, guest) = (await republic.NewPersonAsync("OwnerC"), await republic.NewPersonAsync("GuestC"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        var comments = $"{shared.Path}/comments";
        var own = await SharedTask.MakeAsync(guest);
        for (var i = 0; i < CommentRate.MostPerMinute; i++)
        {
            await guest.Api.PostAsync($"{own.Path}/comments", new { content = "In my own" });
            await guest.Api.PostAsync(comments, new { content = "Mine" });
            await owner.Api.PostAsync(comments, new { content = "Theirs" });
        }

        using var refused = await guest.Api.SendAsync(HttpMethod.Post, comments, new { content = "One more" });
        Assert.Equal((429, 60), ((int)refused.StatusCode, refused.Headers.RetryAfter?.Delta?.TotalSeconds));
        await owner.Api.PostAsync(comments, new { content = "One more" });
        await guest.Api.PostAsync($"{own.Path}/comments", new { content = "One more" });
    }

    [Fact]
    public async Task A_comment_that_is_changed_counts_like_one_that_is_written_and_deleting_it_gives_nothing_back()
    {
        var (owner, guest) = (await republic.NewPersonAsync("OwnerD"), await republic.NewPersonAsync("GuestD"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });
        var comments = $"{shared.Path}/comments";
        var kept = await WriteAsync();
        for (var i = 0; i < 5; i++)
        {
            await guest.Api.PutAsync(kept, new { content = $"Mine {i}" });
        }

        for (var i = 0; i < 4; i++)
        {
            await guest.Api.DeleteAsync(await WriteAsync());
        }

        await guest.Api.ProblemAsync(429, HttpMethod.Put, kept, new { content = "One more" });
        await guest.Api.ProblemAsync(429, HttpMethod.Post, comments, new { content = "One more" });
        await guest.Api.ProblemAsync(429, HttpMethod.Post, $"{shared.Path}/move", new { status = "REVIEW", reason = "One more" });
        await guest.Api.PostAsync($"{shared.Path}/move", new { status = "REVIEW" });
        await guest.Api.DeleteAsync(kept);

        async Task<string> WriteAsync() =>
            $"{comments}/{Text((await guest.Api.PostAsync(comments, new { content = "Mine" }))["comment"]!, "id")}";
    }

    [Fact]
    public async Task Whoever_saves_or_deletes_a_comment_of_an_older_page_is_shown_that_page_again()
    {
        var owner = await republic.NewPersonAsync("OwnerE");
        var task = Guid.Parse((await SharedTask.MakeAsync(owner)).Task);
        await FillAsync(task, owner, 60);
        var comment = await republic.QueryAsync(db =>
            db.TaskComments.Where(c => c.TaskId == task && c.Content == "Comment 5").Select(c => c.Id).SingleAsync(Ct)
        );
        var browser = await owner.BrowserAsync();

        foreach (var page in (string[])[$"/tasks/{task}?show=comments&until={comment}", $"/tasks/{task}?until={comment}"])
        {
            var typed = new Dictionary<string, string> { ["Input.Content"] = "Another" };
            using var saved = await browser.SubmitAsync(page, typed, $"handler=Save&comment={comment}");
            Assert.Equal($"{page}#comments", saved.Headers.Location?.ToString());
            using var refused = await browser.SubmitAsync(page, new Dictionary<string, string>(), $"handler=Save&comment={comment}");
            Assert.Contains(
                $"{page}#comments",
                WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct)),
                StringComparison.Ordinal
            );
        }

        var older = $"/tasks/{task}?until={comment}";
        using var deleted = await browser.SubmitAsync(older, new Dictionary<string, string>(), $"handler=Delete&comment={comment}");
        Assert.Equal($"{older}#comments", deleted.Headers.Location?.ToString());
    }

    [GeneratedRegex("href=\"(?<address>[^\"#]*)#comments\">Show earlier<", RegexOptions.NonBacktracking)]
    private static partial Regex Earlier();

    [GeneratedRegex("<div class=\"prose measure\"><p>(?<text>[^<]*)</p></div>\\s*<details", RegexOptions.NonBacktracking)]
    private static partial Regex Prose();

    private Task<int> FillAsync(Guid task, Inhabitant author, int many) =>
        republic.QueryAsync(db =>
        {
            var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            db.TaskComments.AddRange(
                Enumerable
                    .Range(1, many)
                    .Select(number => new TaskComment
                    {
                        TaskId = task,
                        CitizenId = author.Id,
                        Id = Guid.CreateVersion7(now.AddMilliseconds(number)),
                        Content = $"Comment {number}",
                        CreatedAt = now.AddMicroseconds(number),
                        UpdatedAt = now.AddMicroseconds(number),
                    })
            );
            return db.SaveChangesAsync(Ct);
        });

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
