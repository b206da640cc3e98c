using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks.Comments;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>Comments of somebody with whom a task is shared, as many as it can have.</summary>
public sealed class TaskCommentTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
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
        await FillAsync(task, guest);
        var comments = $"{shared.Path}/comments";
        var all = (await guest.Api.GetAsync($"{comments}?limit=200"))["comments"]!.AsArray();
        var handIn = Assert.Single(all, comment => Text(comment!, "kind") == "hand-in")!;
        var theirs = all.Where(comment => Text(comment!, "kind") == "comment").Select(comment => Text(comment!, "id")).ToList();

        var page = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task}");

        Assert.Contains("<h2 id=\"h-review\">Hand-in</h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"id=\"c-{Text(handIn, "id")}\"", page, StringComparison.Ordinal);
        Assert.Contains($"handler=Delete&amp;comment={theirs[0]}", page, StringComparison.Ordinal);
        await owner.Api.ProblemAsync(409, HttpMethod.Post, comments, new { content = "One more" });
        var back = new { status = "IN_PROGRESS", reason = "Name the order." };
        await owner.Api.ProblemAsync(409, HttpMethod.Post, $"{shared.Path}/move", back);
        Assert.Equal("REVIEW", Text((await owner.Api.GetAsync(shared.Path))["task"]!, "status"));

        await guest.Api.ProblemAsync(404, HttpMethod.Delete, $"{comments}/{Text(handIn, "id")}");
        await owner.Api.DeleteAsync($"{comments}/{theirs[0]}");
        var browser = await owner.BrowserAsync();
        using var deleted = await browser.SubmitAsync(
            $"/tasks/{task}",
            new Dictionary<string, string>(),
            $"handler=Delete&comment={theirs[1]}"
        );
        Assert.Equal(302, (int)deleted.StatusCode);
        await owner.Api.PostAsync(comments, new { content = "One more" });
    }

    private Task<int> FillAsync(Guid task, Inhabitant guest) =>
        republic.QueryAsync(db =>
        {
            var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            db.TaskComments.AddRange(
                Enumerable
                    .Range(1, TaskComments.MostPerTask)
                    .Select(number => new TaskComment
                    {
                        TaskId = task,
                        CitizenId = guest.Id,
                        Content = $"Comment {number}",
                        CreatedAt = now,
                        UpdatedAt = now,
                    })
            );
            return db.SaveChangesAsync(Ct);
        });

    private static string? Text(JsonNode node, string field) => (string?)node[field];
}
