using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Chats.Conversations;
using Republic.Core.Tasks;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Leaving;

/// <summary>What a guest wrote in tasks of others belongs to the tasks: it stays when their account is deleted, and does not name them.</summary>
public sealed class LeftTasksTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Said = "The beds lie in the shade.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_keeps_what_was_said_in_it_and_calls_whoever_is_gone_a_former_member()
    {
        var (owner, task) = await LeftAsync("Ottokar", "Gundelinde");

        var comments = (await owner.Api.GetAsync($"{task.Path}/comments"))["comments"]!.AsArray();
        var left = Assert.Single(comments, comment => comment!["content"]!.GetValue<string>() == Said)!;
        Assert.Null(left["user_id"]);
        var page = await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task.Task}");
        string[] words = [Said, "Comment of A former member", "gave it to A former member"];
        Assert.All(words, one => Assert.Contains(one, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Gundelinde", page, StringComparison.Ordinal);
        await owner.Api.DeleteAsync($"{task.Path}/comments/{left["id"]}");
    }

    [Fact]
    public async Task A_minion_reads_it_as_of_a_former_member_too()
    {
        var (owner, task) = await LeftAsync("Oktavia", "Gisbert");
        await using var vendor = new FakeVendor();
        var minion = await owner.NewMinionAsync($"doer-{Guid.CreateVersion7():N}", vendor);

        var subject = republic.Services.GetServices<IConversationSubject>().Single(kind => kind.Type == "task");
        var described = await subject.DescribeAsync(owner.Id, Guid.Parse(task.Task), 10_000, Ct);
        var tasks = new Tasked(republic, owner);
        await tasks.AssignAsync(Guid.Parse(task.Task), minion.Id);
        await tasks.EndAsync(Guid.Parse(task.Task));

        foreach (var read in new[] { described, vendor.LastRequest.LastMessage })
        {
            Assert.Contains("A former member", read, StringComparison.Ordinal);
            Assert.Contains(Said, read, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_a_minion_has_too_stays_in_the_history()
    {
        var bearer = await republic.NewPersonAsync("Oda");
        await bearer.NewMinionAsync("gerlinde");
        var (owner, task) = await LeftAsync("Odilo", "Gerlinde");

        Assert.Contains(
            "gave it to Gerlinde",
            await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task.Task}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_name_that_stood_in_the_history_before_they_came_is_that_of_somebody_else()
    {
        var owner = await republic.NewPersonAsync("Olaf");
        var task = await SharedTask.MakeAsync(owner);
        await republic.QueryAsync(db =>
        {
            db.TaskActivities.Add(
                new TaskActivity
                {
                    TaskId = Guid.Parse(task.Task),
                    Kind = TaskActivityKind.Assigned,
                    After = "Gotelind",
                    CreatedAt = TimeProvider.System.GetUtcNow().AddDays(-1),
                }
            );
            return db.SaveChangesAsync(Ct);
        });
        var other = await republic.NewPersonAsync("Gotelind");

        using var gone = await other.Api.SendAsync(HttpMethod.Delete, "/api/account/me", new { password = other.Password });

        Assert.Equal(204, (int)gone.StatusCode);
        Assert.Contains(
            "gave it to Gotelind",
            await (await owner.BrowserAsync()).ReadAsync($"/tasks/{task.Task}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_a_superuser_deletes_leaves_the_same_behind()
    {
        var (owner, task) = await LeftAsync("Olinde", "Guntram", bySuperuser: true);

        var said = await republic.QueryAsync(db =>
            db.TaskComments.SingleAsync(c => c.TaskId == Guid.Parse(task.Task) && c.Content == Said, Ct)
        );
        Assert.Null(said.CitizenId);
        Assert.Equal(2, (await owner.Api.GetAsync($"{task.Path}/comments"))["comments"]!.AsArray().Count);
    }

    /// <summary>A task of the owner, in which a guest wrote and that was given to them, once their account is gone.</summary>
    private async Task<(Inhabitant Owner, SharedTask Task)> LeftAsync(string of, string name, bool bySuperuser = false)
    {
        var (owner, guest) = (await republic.NewPersonAsync(of), await republic.NewPersonAsync(name));
        var task = await SharedTask.MakeAsync(owner);
        await task.AcceptedByAsync(guest);
        await guest.Api.PostAsync($"{task.Path}/comments", new { content = Said });
        await owner.Api.PostAsync($"{task.Path}/assign", new { citizen_id = guest.Id });
        using var gone = bySuperuser
            ? await republic.Mira.Api.SendAsync(HttpMethod.Delete, $"/api/admin/people/{guest.Id}")
            : await guest.Api.SendAsync(HttpMethod.Delete, "/api/account/me", new { password = guest.Password });
        Assert.Equal(204, (int)gone.StatusCode);
        return (owner, task);
    }
}
