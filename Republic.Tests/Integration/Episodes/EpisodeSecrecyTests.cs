using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What does not reach people round about: by forks, receipts, hashes, errors, figures, or an account that is gone.</summary>
public sealed class EpisodeSecrecyTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Yaml = """
        republic: scenario/1
        name: Secrets
        roles: {a: {}, b: {}, c: {}}
        facts: {plan: {value: canary of the plan, known_to: [a]}}
        states:
          begin: {type: start, next: [{to: whisper}]}
          whisper: {type: action, roles: [a], prompts: [Whisper.], audience: [b], next: [{to: vote}]}
          vote: {type: approval, roles: [c], prompts: [Yes or no?], audience: all, next: [{to: done}]}
          done: {type: end, result: success}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Inhabitant Mira => republic.Mira;

    private Inhabitant Jonas => republic.Jonas;

    [Fact]
    public async Task An_owner_who_takes_a_role_in_a_fork_or_after_the_start_looks_behind_it_and_players_are_told()
    {
        await using var vendor = new FakeVendor();
        var played = await WhisperedAsync(vendor, b: Jonas, c: Mira);
        var minion = (string?)(await played.ReadAsync())["assignments"]!.AsArray().Single(one => (string?)one!["role"] == "a")!["user_id"];
        var given = await played.DoAsync("swap", new { role = "b", citizen_id = minion });
        Assert.False((bool)given["seen_through"]!);
        await Mira.Api.ProblemAsync(403, HttpMethod.Get, $"{played.Path}/knows/a");
        var page = await (await Mira.BrowserAsync()).ReadAsync($"/episodes/{played.Id}");
        Assert.Contains("Where you take the role yourself, you see", page, StringComparison.Ordinal);
        Assert.Contains("Where you take it yourself, you see", page, StringComparison.Ordinal);

        await played.ForkAsync(new { at_seq = 1, cast = new { a = Mira.Id } });

        Assert.True((bool)(await new PlayedEpisode(Jonas, played.Id).ReadAsync())["seen_through"]!);
        var watched = await WhisperedAsync(vendor, b: Jonas, c: Jonas);
        Assert.False((bool)(await watched.ReadAsync())["seen_through"]!);
        await watched.DoAsync("swap", new { role = "c", citizen_id = Mira.Id });
        Assert.True((bool)(await new PlayedEpisode(Jonas, watched.Id).ReadAsync())["seen_through"]!);
    }

    [Fact]
    public async Task Who_gave_a_role_away_stays_without_it_when_their_successor_s_account_is_gone()
    {
        await using var vendor = new FakeVendor();
        var episode = await WhisperedAsync(vendor, b: Jonas, c: Jonas);
        var successor = await republic.NewPersonAsync("Successor");
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(successor);
        await episode.DoAsync("swap", new { role = "b", citizen_id = successor.Id });
        await episode.DoAsync("inject", new { text = "canary of later", audience = new[] { "b" } });

        await Mira.Api.DeleteAsync($"/api/admin/people/{successor.Id}");

        var theirs = await new PlayedEpisode(Jonas, episode.Id).ReadAsync();
        Assert.Contains("canary of the whisper", theirs.ToJsonString());
        Assert.DoesNotContain("canary of later", theirs.ToJsonString());
        Assert.Equal(["c"], theirs["my_roles"]!.AsArray().Select(role => (string?)role));
        var gone = (await episode.ReadAsync())["assignments"]!
            .AsArray()
            .Single(one => (string?)one!["role"] == "b" && one["until_seq"] is null)!;
        Assert.Equal((successor.Id.ToString(), null, true), ((string?)gone["user_id"], (string?)gone["name"], (bool)gone["is_person"]!));
    }

    [Fact]
    public async Task Nobody_learns_by_trying_what_somebody_else_is_asked_or_what_was_said_to_others()
    {
        await using var vendor = new FakeVendor();
        var asked = await WhisperedAsync(vendor, b: Mira, c: Jonas);
        var refused = await Mira.Api.ProblemAsync(409, HttpMethod.Post, $"{asked.Path}/act", new { role = "c", text = "I say." });
        Assert.DoesNotContain("approve", refused.ToJsonString(), StringComparison.Ordinal);

        var hidden = await WhisperedAsync(vendor, b: Jonas, c: Mira);
        var fork = $"{hidden.Path}/fork";
        var words = await Mira.Api.ProblemAsync(400, HttpMethod.Post, fork, new { at_seq = 1, text = "canary of the whisper" });
        Assert.StartsWith("What was said there is not for you.", (string?)words["errors"]!["text"]![0], StringComparison.Ordinal);
        var outcome = await Mira.Api.ProblemAsync(400, HttpMethod.Post, fork, new { at_seq = 1, outcome = "approve" });
        Assert.NotNull(outcome["errors"]!["outcome"]);
        await hidden.ForkAsync(new { at_seq = 1 });

        await Mira.Api.PutAsync(hidden.Path, new { seen_through = true });
        await hidden.ForkAsync(new { at_seq = 1, text = "Something else." });
    }

    [Fact]
    public async Task A_person_who_directs_sees_everything_on_the_page_too()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("canary of the whisper");
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(Jonas);
        var minion = await Mira.NewMinionAsync($"a-{Guid.CreateVersion7():N}", vendor);
        var yaml = Yaml.Replace("c: {}}", "c: {}, d: {director: true}}", StringComparison.Ordinal);
        var episode = await PlayedEpisode.MakeAsync(
            Mira,
            yaml,
            new
            {
                a = minion.Id,
                b = minion.Id,
                c = Mira.Id,
                d = Jonas.Id,
            }
        );
        await episode.DoAsync("start");
        await episode.RestAsync();

        Assert.Contains("canary of the whisper", (await new PlayedEpisode(Jonas, episode.Id).ReadAsync()).ToJsonString());
    }

    [Fact]
    public async Task An_owner_who_plays_gets_figures_and_nothing_by_which_hidden_words_could_be_tried()
    {
        await using var vendor = new FakeVendor();
        var episode = await WhisperedAsync(vendor, b: Mira, c: Jonas);

        var view = await episode.ReadAsync();
        var receipt = view["steps"]![0]!["receipt"]!;

        Assert.NotNull(receipt["model"]);
        Assert.NotNull(view["cost"]);
        Assert.All(new[] { "prompt_hash", "route", "trace" }, field => Assert.Null(receipt[field]));
        Assert.Null(view["transcript_sha256"]);
        Assert.Null(view["config"]!["seed"]);
        Assert.Null((await TimelinesAsync(Mira, episode))[0]!["hash"]);
        foreach (var player in new[] { Mira, Jonas })
        {
            await player.Api.ProblemAsync(403, HttpMethod.Post, $"{episode.Path}/replay");
        }

        await Mira.Api.PutAsync(episode.Path, new { seen_through = true });
        var behind = await episode.ReadAsync();
        Assert.NotNull(behind["steps"]![0]!["receipt"]!["prompt_hash"]);
        Assert.NotNull(behind["config"]!["seed"]);
        Assert.NotNull((await TimelinesAsync(Mira, episode))[0]!["hash"]);
        Assert.Equal((string?)behind["transcript_sha256"], (string?)(await episode.ReplayAsync())["transcript_sha256"]);
    }

    [Fact]
    public async Task What_a_provider_says_of_a_step_that_failed_is_told_to_whoever_sees_all()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.BadRequest, "canary of the prompt");
        var episode = await StartedAsync(vendor, b: Jonas, c: Mira);

        var stuck = await episode.ReadAsync();
        var theirs = await new PlayedEpisode(Jonas, episode.Id).ReadAsync();

        Assert.Equal("stuck", (string?)stuck["wait"]);
        Assert.DoesNotContain("canary", stuck.ToJsonString());
        Assert.StartsWith("A step failed. Try again", (string?)stuck["why"], StringComparison.Ordinal);
        Assert.StartsWith("Why it failed may say", (string?)stuck["steps"]![0]!["error"], StringComparison.Ordinal);
        Assert.Null(theirs["why"]);
        Assert.Null(theirs["steps"]![0]!["error"]);
        await Mira.Api.PutAsync(episode.Path, new { seen_through = true });
        var behind = await episode.ReadAsync();
        Assert.Contains("canary of the prompt", (string?)behind["why"]);
        Assert.Contains("canary of the prompt", (string?)behind["steps"]![0]!["error"]);
    }

    [Fact]
    public async Task What_is_asked_is_told_to_who_is_to_act_and_what_it_costs_to_who_pays()
    {
        await using var vendor = new FakeVendor();
        var episode = await WhisperedAsync(vendor, b: Mira, c: Jonas);

        var (owner, player) = (await episode.ReadAsync(), await new PlayedEpisode(Jonas, episode.Id).ReadAsync());

        Assert.Equal(["approve", "reject", "changes"], player["outcomes"]!.AsArray().Select(label => (string?)label));
        Assert.Equal(["Yes or no?"], player["prompts"]!.AsArray().Select(prompt => (string?)prompt));
        Assert.Empty(owner["outcomes"]!.AsArray());
        Assert.Empty(owner["prompts"]!.AsArray());
        Assert.Null(player["config"]!["seed"]);
        foreach (var (person, isOwner) in new[] { (Mira, true), (Jonas, false) })
        {
            var view = await new PlayedEpisode(person, episode.Id).ReadAsync();
            var costs = new[] { view["cost"], view["tokens"], (await CardAsync(person, episode))["cost"] };
            Assert.All(costs, cost => Assert.Equal(isOwner, cost is not null));
        }

        await Mira.Api.PutAsync(episode.Path, new { seen_through = true });
        Assert.Equal(3, (await episode.ReadAsync())["outcomes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Players_see_the_timeline_that_is_shown_alone_and_lose_no_words_when_that_changes()
    {
        await using var vendor = new FakeVendor();
        var episode = await WhisperedAsync(vendor, b: Jonas, c: Jonas);
        var theirs = new PlayedEpisode(Jonas, episode.Id);
        var first = (string)(await episode.ReadAsync())["timeline_id"]!;
        var late = await (await Jonas.BrowserAsync()).OpenFormAsync(
            $"/episodes/{episode.Id}",
            new Dictionary<string, string> { ["Input.Act.Text"] = "Words of mine", ["Input.Act.Outcome"] = "approve" },
            "handler=Act"
        );

        var fork = await episode.ForkAsync(new { at_seq = 1 });

        await AssertHiddenAsync(episode, fork);
        Assert.Equal([first], (await TimelinesAsync(Jonas, episode)).Select(one => (string?)one!["id"]));
        Assert.Equal(2, (await TimelinesAsync(Mira, episode)).Count);
        await Mira.Api.PutAsync(episode.Path, new { timeline_id = fork });
        await AssertHiddenAsync(episode, first);
        using (var kept = await late())
        {
            Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
            Assert.Contains("Words of mine", await kept.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        var shown = (await TimelinesAsync(Jonas, episode)).Single()!;
        Assert.Equal((fork, null), ((string?)shown["id"], (string?)shown["parent_id"]));
        // A fork counts what it shares with its parent.
        Assert.Equal((1, 1), ((int)(await CardAsync(Mira, episode))["turn"]!, (int)(await episode.ReadAsync())["turn"]!));
        await episode.DoAsync("resume");
        var end = await theirs.DoAsync("act", Approval);
        Assert.Equal("COMPLETED", (string?)end["status"]);
    }

    private static object Approval =>
        new
        {
            role = "c",
            text = "Yes.",
            outcome = "approve",
        };

    private async Task AssertHiddenAsync(PlayedEpisode episode, string timeline)
    {
        foreach (var path in new[] { "", "/events", "/knows/b" })
        {
            await Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"{episode.Path}{path}?timeline={timeline}");
        }

        await Jonas.Api.ProblemAsync(404, HttpMethod.Post, $"{episode.Path}/act?timeline={timeline}", Approval);
    }

    private static async Task<JsonArray> TimelinesAsync(Inhabitant person, PlayedEpisode episode) =>
        (await person.Api.GetAsync($"{episode.Path}/timelines"))["timelines"]!.AsArray();

    private static async Task<JsonNode> CardAsync(Inhabitant person, PlayedEpisode episode) =>
        (await person.Api.GetAsync(PlayedEpisode.All))["episodes"]!.AsArray().Single(card => (string?)card!["id"] == episode.Id)!;

    /// <summary>An episode of Mira's in which a minion of hers has whispered to b, and c is to vote.</summary>
    private Task<PlayedEpisode> WhisperedAsync(FakeVendor vendor, Inhabitant b, Inhabitant c)
    {
        vendor.Answers("canary of the whisper");
        return StartedAsync(vendor, b, c);
    }

    private async Task<PlayedEpisode> StartedAsync(FakeVendor vendor, Inhabitant b, Inhabitant c)
    {
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(Jonas);
        var minion = await Mira.NewMinionAsync($"a-{Guid.CreateVersion7():N}", vendor);
        var episode = await PlayedEpisode.MakeAsync(
            Mira,
            Yaml,
            new
            {
                a = minion.Id,
                b = b.Id,
                c = c.Id,
            }
        );
        await episode.DoAsync("start");
        await episode.RestAsync();
        return episode;
    }
}
