using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Tasks.Work;

namespace Republic.Tests.World;

/// <summary>Tasks of one person whose minions call tools.</summary>
internal sealed class ToolTasks(IRepublic republic, Inhabitant person)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Tasked Tasks => new(republic, person);

    /// <summary>A vendor whose model wants to make a task of this title, and then ends.</summary>
    public static FakeVendor Maker(string title)
    {
        var vendor = new FakeVendor();
        vendor.Plays(request =>
            IsAnswered(request)
                ? new PlayedTurn("Noted.")
                : new PlayedTurn("I would note it.", new PlayedCall("c1", "create_task", $$"""{"title":"{{title}}"}"""))
        );
        return vendor;
    }

    public static bool IsAnswered(VendorRequest request) => (string?)request.Body!["messages"]!.AsArray()[^1]!["role"] == "tool";

    public static Guid CallOf(TaskAttemptCard attempt) => Assert.Single(attempt.ToolCalls).Id;

    /// <summary>A task that a minion with these tools is to do.</summary>
    public async Task<Guid> GiveAsync(FakeVendor vendor, string name, params string[] tools)
    {
        var minion = await person.NewMinionAsync(name, vendor);
        await person.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = tools });
        return await Tasks.MakeAsync(minion.Id);
    }

    public Task<JsonNode> ApproveAsync(TaskAttemptCard attempt) =>
        person.Api.PostAsync($"/api/tool-calls/{CallOf(attempt)}/approve", new { scope = "once" });

    /// <summary>Nothing can be decided on it any more.</summary>
    public Task<JsonNode> RefusedAsync(int status, TaskAttemptCard attempt) =>
        person.Api.ProblemAsync(status, HttpMethod.Post, $"/api/tool-calls/{CallOf(attempt)}/approve", new { scope = "once" });

    public Task<TaskAttemptCard> UntilAsync(Guid task, TaskAttemptState state) =>
        Until.SomethingAsync(async () => await Tasks.AttemptsAsync(task) is [var last, ..] && last.State == state ? last : null);

    /// <summary>How many tasks of this title there are.</summary>
    public Task<int> MadeAsync(string title) =>
        republic.QueryAsync(db => db.Tasks.CountAsync(t => t.OwnerId == person.Id && t.Title == title, Ct));
}
