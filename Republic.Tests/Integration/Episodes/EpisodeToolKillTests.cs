using System.Text.Json.Nodes;
using Republic.Tests.World;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>kill -9 around an approved call of a step: it is made at most once, and the episode plays on to its end.</summary>
[Collection(nameof(KillableNodes))]
public sealed class EpisodeToolKillTests(KillableNodes nodes) : IAsyncLifetime
{
    private const string Once = """
        republic: scenario/1
        name: Once
        roles: {writer: {}}
        states:
          begin: {type: start, next: [{to: draft}]}
          draft: {type: action, roles: [writer], prompts: [Write it.], next: [{to: over}]}
          over: {type: end}
        """;

    private readonly ToolServerStub server = new();
    private readonly FakeVendor vendor = new();

    public ValueTask InitializeAsync()
    {
        vendor.Plays(asked =>
            (string?)asked.Body!["messages"]!.AsArray()[^1]!["role"] == "tool"
                ? new PlayedTurn("It is so.")
                : new PlayedTurn("I would send it.", new PlayedCall("c1", "echo", """{"text":"sent"}"""))
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await vendor.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_was_approved_when_its_node_was_killed_is_made_once_by_the_other()
    {
        var (mira, episode, call) = await AskAsync();
        // As the row stands behind the commit of the approval.
        await nodes.ColumnAsync(
            $"update tool_calls set status = 'Approved', settled_at = now() - interval '5 seconds' where id = '{call}' returning id::text"
        );

        await nodes.KillAsync();

        var end = await EndAsync(mira, episode);
        Assert.Equal(["writer: It is so."], Said(end));
        Assert.Equal(("completed", 1), (StatusOf(end), server.Calls));
    }

    [Fact]
    public async Task A_call_whose_node_is_killed_in_the_middle_is_not_made_again_and_the_step_goes_on_without_its_result()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.LiesAbout("tools/call", async _ => await held.Task);
        var (mira, episode, call) = await AskAsync();
        var timeline = Guid.Parse((string)(await episode.ReadAsync())["timeline_id"]!);
        await mira.Api.PostAsync($"/api/tool-calls/{call}/approve", new { scope = "once" });
        await Until.TrueAsync(() => server.Calls == 1);

        await nodes.KillHolderAsync(timeline);

        held.SetResult();
        var end = await EndAsync(mira, episode);
        Assert.Equal(["writer: It is so."], Said(end));
        Assert.Equal(("failed", 1), (StatusOf(end), server.Calls));
        Assert.Contains(vendor.Requests, asked => Prompt(asked).Contains("not known", StringComparison.Ordinal));
        var replay = await new PlayedEpisode(mira.At(nodes.Address), episode.Id).ReplayAsync();
        Assert.Equal((string?)end["transcript_sha256"], (string?)replay["transcript_sha256"]);
    }

    private static string StatusOf(JsonNode episode) => (string)Assert.Single(episode["steps"]![0]!["tool_calls"]!.AsArray())!["status"]!;

    /// <summary>The episode at its end, from the node that is left.</summary>
    private Task<JsonNode> EndAsync(Inhabitant person, PlayedEpisode episode) =>
        Until.SomethingAsync(async () =>
            await new PlayedEpisode(person.At(nodes.Address), episode.Id).ReadAsync() is var now && (string?)now["status"] == "COMPLETED"
                ? now
                : null
        );

    /// <summary>An episode whose one minion waits for the owner to decide on its one call.</summary>
    private async Task<(Inhabitant Mira, PlayedEpisode Episode, string Call)> AskAsync()
    {
        var mira = await nodes.NewPersonAsync();
        var added = await mira.Api.PostAsync("/api/tool-servers", new { name = "post", url = server.Url });
        var writer = await mira.NewMinionAsync("sender", vendor);
        var servers = new[] { new { id = added["tool_server"]!["id"]!.GetValue<Guid>(), tools = new[] { "echo" } } };
        await mira.Api.PutAsync($"/api/minions/{writer.Id}/tools", new { servers });
        var episode = await MakeAsync(mira, Once, new { writer = writer.Id });
        await episode.DoAsync("start");
        var waiting = await episode.RestAsync();
        Assert.Equal(("person", "pending", 0), ((string?)waiting["wait"], StatusOf(waiting), server.Calls));
        return (mira, episode, (string)waiting["steps"]![0]!["tool_calls"]![0]!["id"]!);
    }
}
