using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Calls;
using Republic.Tests.World;
using static Republic.Tests.World.CallingReviewer;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What ends the tool calls of a step that waits, and what lets it go on.</summary>
public sealed class EpisodeToolEndTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private CallingReviewer play = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => play = await NewAsync(republic);

    public ValueTask DisposeAsync() => play.DisposeAsync();

    [Fact]
    public async Task Whoever_takes_the_role_meanwhile_begins_anew_and_the_call_is_not_made()
    {
        var episode = await play.WaitingAsync();
        var waiting = await episode.ReadAsync();
        await using var other = new FakeVendor();
        other.StreamsTo(_ => "OUTCOME: approve\nI take it.");
        var heir = await play.Owner.NewMinionAsync("heir", other);

        await episode.DoAsync("swap", new { role = "reviewer", citizen_id = heir.Id });

        var end = await episode.RestAsync();
        Assert.Equal(["developer: I closed the handle.", "reviewer: I take it."], Said(end));
        Assert.Equal(("FAILED", "expired"), ((string?)StepOf(end)["status"], StatusOf(end)));
        await play.RefusedAsync(409, waiting);
        Assert.Equal(0, play.Server.Calls);
        await SameReplayedAsync(episode, end);
    }

    [Fact]
    public async Task Stopping_the_episode_ends_the_call()
    {
        var episode = await play.WaitingAsync();
        var waiting = await episode.ReadAsync();

        await episode.DoAsync("stop");

        var end = await episode.RestAsync();
        Assert.Equal(("TERMINATED", "expired"), ((string?)end["status"], StatusOf(end)));
        await play.RefusedAsync(409, waiting);
        Assert.Equal(0, play.Server.Calls);
    }

    [Fact]
    public async Task A_deadline_passes_while_it_waits_as_for_a_person()
    {
        var episode = await play.WaitingAsync();

        await episode.PassDeadlineAsync(republic);

        var end = await episode.RestAsync();
        Assert.Equal(("COMPLETED", "poor"), ((string?)end["status"], (string?)end["current_state"]));
        Assert.Equal(("FAILED", "expired"), ((string?)StepOf(end)["status"], StatusOf(end)));
        Assert.Equal(0, play.Server.Calls);
    }

    [Fact]
    public async Task What_is_decided_while_it_is_paused_goes_on_when_it_is_resumed()
    {
        var episode = await play.WaitingAsync();
        await episode.DoAsync("pause");

        await play.DecideAsync(await episode.ReadAsync());

        var paused = await episode.ReadAsync();
        Assert.Equal(("paused", "PENDING", 0), ((string?)paused["wait"], (string?)StepOf(paused)["status"], play.Server.Calls));
        await episode.DoAsync("resume");
        Assert.Equal("COMPLETED", (string?)(await episode.RestAsync())["status"]);
        Assert.Equal(1, play.Server.Calls);
    }

    [Fact]
    public async Task Rewinding_ends_what_waits_and_the_fork_asks_anew()
    {
        var episode = await play.WaitingAsync();
        var before = await episode.ReadAsync();

        var fork = await episode.ForkAsync(new { at_seq = (long)before["steps"]![0]!["seq"]!, show = true });

        var left = await episode.ReadAsync((string)before["timeline_id"]!);
        Assert.Equal(("stuck", "expired"), ((string?)left["wait"], StatusOf(left)));
        await play.RefusedAsync(409, before);
        await episode.DoAsync("resume");
        var asked = await episode.RestAsync();
        Assert.Equal((fork, "pending"), ((string?)asked["timeline_id"], StatusOf(asked)));
        Assert.NotEqual(CallOf(before), CallOf(asked));
        await play.DecideAsync(asked);
        Assert.Equal("COMPLETED", (string?)(await episode.RestAsync())["status"]);
        Assert.Equal(1, play.Server.Calls);
    }

    [Fact]
    public async Task What_was_approved_when_the_process_died_is_made_once_by_the_next()
    {
        var episode = await play.WaitingAsync();
        var call = Guid.Parse(CallOf(await episode.ReadAsync()));
        // As the row stands where the process is killed behind the approval's commit.
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.Id == call)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(c => c.Status, ToolCallStatus.Approved)
                            .SetProperty(c => c.SettledAt, c => c.AskedAt.AddMinutes(-1)),
                    Ct
                )
        );

        var sweep = republic.Services.GetRequiredService<ToolSweep>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => sweep.SweepAsync(Ct)));

        Assert.Equal("COMPLETED", (string?)(await episode.RestAsync())["status"]);
        Assert.Equal(1, play.Server.Calls);
    }

    [Fact]
    public async Task After_seven_days_the_step_has_failed_and_can_be_done_again()
    {
        var episode = await play.WaitingAsync();
        var call = Guid.Parse(CallOf(await episode.ReadAsync()));
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.Id == call).ExecuteUpdateAsync(set => set.SetProperty(c => c.AskedAt, c => c.AskedAt.AddDays(-8)), Ct)
        );

        await republic.Services.GetRequiredService<ToolSweep>().SweepAsync(Ct);

        var stuck = await episode.ReadAsync();
        Assert.Equal(("stuck", "expired"), ((string?)stuck["wait"], StatusOf(stuck)));
        Assert.Contains("7 days", (string?)stuck["why"], StringComparison.Ordinal);
        await episode.DoAsync("resume");
        Assert.Equal("person", (string?)(await episode.RestAsync())["wait"]);
    }
}
