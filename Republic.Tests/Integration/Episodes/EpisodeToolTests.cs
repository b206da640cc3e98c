using Republic.Tests.World;
using static Republic.Tests.World.CallingReviewer;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>Minions that call tools in their steps, wait for the owner of the episode, and play on.</summary>
public sealed class EpisodeToolTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private CallingReviewer play = null!;

    public async ValueTask InitializeAsync() => play = await NewAsync(republic);

    public ValueTask DisposeAsync() => play.DisposeAsync();

    [Fact]
    public async Task What_only_reads_is_called_unasked_and_others_hear_what_follows_alone()
    {
        play.Calls("calculate", """{"expression":"6*7"}""");
        var episode = await play.CastAsync(builtin: ["calculate"]);

        await episode.DoAsync("start");

        var end = await episode.RestAsync();
        Assert.Equal("COMPLETED", (string?)end["status"]);
        Assert.Equal(["developer: I closed the handle.", "reviewer: Fine by me."], Said(end));
        var call = Assert.Single(StepOf(end)["tool_calls"]!.AsArray())!;
        Assert.Equal(("calculate", "completed", true), ((string?)call["tool"], (string?)call["status"], (bool)call["unasked"]!));
        Assert.Empty(end["steps"]![0]!["tool_calls"]!.AsArray());
        Assert.Equal((14, 6), ((int)StepOf(end)["receipt"]!["prompt_tokens"]!, (int)StepOf(end)["receipt"]!["completion_tokens"]!));
        await SameReplayedAsync(episode, end);
    }

    [Fact]
    public async Task A_call_that_asks_waits_for_the_owner_is_made_once_and_the_episode_plays_on()
    {
        var episode = await play.WaitingAsync();

        var waiting = await episode.ReadAsync();

        Assert.Equal(
            ("RUNNING", "person", 0),
            ((string?)waiting["status"], (string?)waiting["wait"], waiting["waiting_for"]!.AsArray().Count)
        );
        Assert.Equal(("WAITING", null), ((string?)StepOf(waiting)["status"], (string?)StepOf(waiting)["generated_text"]));
        Assert.Equal("pending", StatusOf(waiting));
        Assert.NotNull(waiting["waits_until"]);
        Assert.Equal(0, play.Server.Calls);
        Assert.True((bool)(await play.Owner.Api.GetAsync(All))["episodes"]![0]!["waits_for_me"]!);
        var row = (await play.Owner.Api.GetAsync($"/api/tool-calls/{CallOf(waiting)}"))["tool_call"]!;
        Assert.Equal((episode.Id, (string?)StepOf(waiting)["id"]), ((string?)row["episode_id"], (string?)row["step_id"]));

        await play.DecideAsync(waiting);

        var end = await episode.RestAsync();
        Assert.Equal(("COMPLETED", 1), ((string?)end["status"], play.Server.Calls));
        Assert.Equal(["developer: I closed the handle.", "reviewer: Fine by me."], Said(end));
        Assert.Equal((string?)StepOf(waiting)["id"], (string?)StepOf(end)["id"]);
        Assert.Equal(14, (int)StepOf(end)["receipt"]!["prompt_tokens"]!);
        // Of the developer's step, and of both rounds of the reviewer's: none is counted twice.
        Assert.Equal(30, (long)end["tokens"]!);
        var journal = (await play.Owner.Api.GetAsync($"{episode.Path}/journal"))["entries"]!.AsArray();
        Assert.Equal(
            ["started", "step_done", "calls_awaited", "calls_decided", "step_done"],
            journal.OrderBy(entry => (long)entry!["seq"]!).Select(entry => (string?)entry!["kind"])
        );
        Assert.DoesNotContain("canary", journal.ToJsonString(), StringComparison.Ordinal);
        await SameReplayedAsync(episode, end);
        Assert.Equal(1, play.Server.Calls);
        await play.RefusedAsync(409, waiting);
    }

    [Fact]
    public async Task The_page_asks_the_owner_counts_it_and_shows_what_was_called()
    {
        var episode = await play.WaitingAsync();
        var waiting = await episode.ReadAsync();
        var browser = await play.Owner.BrowserAsync();

        var page = await browser.ReadAsync($"/episodes/{episode.Id}");

        Assert.Contains($"id=\"ask-{CallOf(waiting)}\"", page, StringComparison.Ordinal);
        Assert.Contains("asks to call a tool. It waits for you to decide", page, StringComparison.Ordinal);
        Assert.Contains("class=\"count\"", await browser.ReadAsync("/episodes/waiting"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            $"ask-{CallOf(waiting)}",
            await browser.ReadAsync($"/episodes/{episode.Id}?as=developer"),
            StringComparison.Ordinal
        );
        var notice = await browser.ReadAsync($"/tools/calls/{CallOf(waiting)}?handler=Asked");
        Assert.Contains($"/episodes/{episode.Id}", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", notice, StringComparison.Ordinal);

        await play.DecideAsync(waiting);

        await episode.RestAsync();
        Assert.Contains($"id=\"call-{CallOf(waiting)}\"", await browser.ReadAsync($"/episodes/{episode.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_refused_is_not_made_and_the_minion_says_its_part_all_the_same()
    {
        var episode = await play.WaitingAsync();

        await play.DecideAsync(await episode.ReadAsync(), "refuse", new { reason = "Not today." });

        var end = await episode.RestAsync();
        Assert.Equal(("COMPLETED", "refused", 0), ((string?)end["status"], StatusOf(end), play.Server.Calls));
        Assert.Contains(play.Vendor.Requests, asked => Prompt(asked).Contains("Not today.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_player_sees_nothing_of_the_call_and_decides_nothing()
    {
        await play.DisposeAsync();
        play = new CallingReviewer(republic, republic.Mira);
        await (await SharedTask.MakeAsync(republic.Mira)).AcceptedByAsync(republic.Jonas);
        play.Calls("echo");
        var episode = await play.CastAsync(hasServer: true, developer: republic.Jonas.Id);
        var theirs = new PlayedEpisode(republic.Jonas, episode.Id);
        await episode.DoAsync("start");
        await theirs.DoAsync("act", new { role = "developer", text = "I closed the handle." });
        var waiting = await episode.RestAsync();

        var seen = await theirs.ReadAsync();

        Assert.Equal(("person", 0), ((string?)seen["wait"], StepOf(seen)["tool_calls"]!.AsArray().Count));
        foreach (var verb in (string[])["approve", "refuse"])
        {
            await play.RefusedAsync(404, waiting, republic.Jonas, verb);
        }

        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"/api/tool-calls/{CallOf(waiting)}");
        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync($"/episodes/{episode.Id}");
        Assert.Contains("It waits for whoever began it", page, StringComparison.Ordinal);
        await play.DecideAsync(waiting);
        await episode.RestAsync();
        var after = await theirs.ReadAsync();
        Assert.Contains("Fine by me.", after.ToJsonString(), StringComparison.Ordinal);
        foreach (var told in (string[])[page, seen.ToJsonString(), after.ToJsonString()])
        {
            Assert.DoesNotContain("canary", told, StringComparison.Ordinal);
            Assert.DoesNotContain("echo", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_tools_are_offered_that_touch_nothing_of_the_person_s_own()
    {
        play.Vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        string[] all =
        [
            "search_knowledge",
            "read_passage",
            "search_chats",
            "read_chat",
            "recall_memory",
            "propose_memory",
            "read_task",
            "comment_task",
            "create_task",
            "current_time",
            "calculate",
            "read_web_page",
            "search_web",
        ];
        var episode = await play.CastAsync(builtin: all, hasServer: true);
        await episode.DoAsync("start");
        await episode.RestAsync();

        var offered = play.Vendor.Requests.Single(IsReviewer).Body!["tools"]!.AsArray();

        Assert.Equal(
            ["calculate", "current_time", "echo", "read_passage", "read_web_page", "search_knowledge", "search_web"],
            offered.Select(tool => (string)tool!["function"]!["name"]!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task An_address_is_read_unasked_only_where_the_owner_wrote_it()
    {
        play.Vendor.Plays(asked =>
            !IsReviewer(asked) ? new PlayedTurn("Read http://127.0.0.1:9/minion")
            : IsAnswered(asked) ? new PlayedTurn("OUTCOME: approve\nFine by me.")
            : new PlayedTurn("", new PlayedCall("c1", "read_web_page", """{"url":"http://127.0.0.1:9/owner"}"""))
        );
        var own = await play.CastAsync(builtin: ["read_web_page"], developer: play.Owner.Id);
        await own.DoAsync("start");
        await own.DoAsync("act", new { role = "developer", text = "Read http://127.0.0.1:9/owner" });
        Assert.Equal(("COMPLETED", "failed"), ((string?)(await own.RestAsync())["status"], StatusOf(await own.ReadAsync())));

        play.Vendor.Plays(asked =>
            !IsReviewer(asked)
                ? new PlayedTurn("Read http://127.0.0.1:9/minion")
                : new PlayedTurn("", new PlayedCall("c1", "read_web_page", """{"url":"http://127.0.0.1:9/minion"}"""))
        );
        var others = await play.CastAsync(builtin: ["read_web_page"]);
        await others.DoAsync("start");
        Assert.Equal(("person", "pending"), ((string?)(await others.RestAsync())["wait"], StatusOf(await others.ReadAsync())));
    }
}
