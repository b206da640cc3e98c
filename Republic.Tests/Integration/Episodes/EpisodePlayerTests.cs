using System.Text.Json.Nodes;
using Republic.Core.Episodes;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>People who play in the episode of somebody else, and those who do not.</summary>
public sealed class EpisodePlayerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Yaml = """
        republic: scenario/1
        name: Deal
        roles: {buyer: {}, seller: {}, lawyer: {}}
        facts: {limit: {value: canary of the buyer, known_to: [buyer]}, floor: {value: canary of the seller, known_to: [seller]}}
        states:
          begin: {type: start, next: [{to: whisper}]}
          whisper: {type: action, roles: [buyer], prompts: [Tell your lawyer.], audience: [lawyer], next: [{to: offer}]}
          offer: {type: action, roles: [seller], prompts: [Make an offer.], audience: all, next: [{to: sealed}]}
          sealed: {type: approval, roles: [buyer], prompts: [Take it?], audience: all, next: [{to: done}]}
          done: {type: end, result: success}
        """;

    [Fact]
    public async Task A_player_gets_their_role_s_view_acts_in_it_and_steers_nothing()
    {
        var (mira, jonas) = (republic.Mira, republic.Jonas);
        await using var vendor = new FakeVendor();
        var episode = await WhisperedAsync(vendor, seller: jonas, lawyer: mira);
        var theirs = new PlayedEpisode(jonas, episode.Id);

        var view = await theirs.ReadAsync();
        var known = await jonas.Api.GetAsync($"{episode.Path}/knows/seller");

        Assert.DoesNotContain("canary of the whisper", view.ToJsonString());
        Assert.DoesNotContain("canary of the config", view.ToJsonString());
        Assert.Equal((true, null), ((bool)view["steps"]![0]!["hidden"]!, (string?)view["steps"]![0]!["generated_text"]));
        Assert.Equal(["Floor: canary of the seller"], known["items"]!.AsArray().Select(line => (string?)line!["text"]));
        Assert.Contains(episode.Id, (await jonas.Api.GetAsync(PlayedEpisode.All))["episodes"]!.ToJsonString());
        Assert.True((bool)(await jonas.Api.GetAsync(PlayedEpisode.All))["episodes"]![0]!["waits_for_me"]!);
        await jonas.Api.ProblemAsync(403, HttpMethod.Get, $"{episode.Path}/knows/buyer");
        await jonas.Api.ProblemAsync(403, HttpMethod.Get, $"{episode.Path}/journal");
        foreach (var (act, body) in OfTheOwner(mira.Id))
        {
            await jonas.Api.ProblemAsync(403, HttpMethod.Post, $"{episode.Path}/{act}", body);
        }

        await jonas.Api.ProblemAsync(403, HttpMethod.Delete, episode.Path);
        await jonas.Api.ProblemAsync(403, HttpMethod.Put, episode.Path, new { seen_through = true });
        await mira.Api.ProblemAsync(409, HttpMethod.Post, $"{episode.Path}/act", new { role = "seller", text = "For Jonas" });
        await theirs.DoAsync("act", new { role = "seller", text = "Ten crowns." });
        Assert.Contains("seller: Ten crowns.", PlayedEpisode.Said(await episode.RestAsync()));
    }

    [Fact]
    public async Task Whoever_began_it_and_plays_in_it_looks_behind_it_only_where_that_is_said()
    {
        var (mira, jonas) = (republic.Mira, republic.Jonas);
        await using var vendor = new FakeVendor();
        var episode = await WhisperedAsync(vendor, seller: mira, lawyer: jonas);
        Assert.DoesNotContain("canary", (await episode.ReadAsync()).ToJsonString());
        await mira.Api.ProblemAsync(403, HttpMethod.Get, $"{episode.Path}/knows/buyer");
        await mira.Api.ProblemAsync(403, HttpMethod.Get, $"{episode.Path}/journal");

        await mira.Api.PutAsync(episode.Path, new { seen_through = true });

        Assert.Contains("canary of the whisper", (await episode.ReadAsync()).ToJsonString());
        Assert.True((bool)(await new PlayedEpisode(jonas, episode.Id).ReadAsync())["seen_through"]!);
        await mira.Api.GetAsync($"{episode.Path}/knows/buyer");
    }

    [Fact]
    public async Task For_everybody_else_it_does_not_exist()
    {
        var (mira, ada) = (republic.Mira, republic.Ada);
        var episode = await PlayedEpisode.MakeAsync(mira, Yaml, new { buyer = mira.Id });

        foreach (
            var path in new[]
            {
                "",
                "/journal",
                "/timelines",
                "/diff?from=00000000-0000-0000-0000-000000000001&to=00000000-0000-0000-0000-000000000002",
                "/knows/buyer",
                "/events",
            }
        )
        {
            await ada.Api.ProblemAsync(404, HttpMethod.Get, episode.Path + path);
        }

        foreach (var (act, body) in OfTheOwner(mira.Id))
        {
            await ada.Api.ProblemAsync(404, HttpMethod.Post, $"{episode.Path}/{act}", body);
        }

        await ada.Api.ProblemAsync(404, HttpMethod.Post, $"{episode.Path}/act", new { role = "buyer", text = "x" });
        await ada.Api.ProblemAsync(404, HttpMethod.Delete, episode.Path);
        Assert.DoesNotContain(episode.Id, (await ada.Api.GetAsync(PlayedEpisode.All)).ToJsonString());
        var stranger = await ada.Api.ProblemAsync(
            404,
            HttpMethod.Post,
            PlayedEpisode.All,
            new { scenario_id = (await episode.ReadAsync())["scenario_id"]!.ToString() }
        );
        Assert.NotNull(stranger);
    }

    [Fact]
    public async Task Only_who_is_seen_is_cast_and_only_in_a_role_that_is_for_them()
    {
        var (mira, ada) = (republic.Mira, republic.Ada);
        var yaml = Yaml.Replace("seller: {}", "seller: {kind: minion}", StringComparison.Ordinal);
        var episode = await PlayedEpisode.MakeAsync(mira, yaml, new { buyer = mira.Id });
        var theirs = await ada.NewMinionAsync($"adas-{Guid.CreateVersion7():N}");

        foreach (
            var (role, citizen) in new[]
            {
                ("seller", mira.Id),
                ("seller", theirs.Id),
                ("lawyer", ada.Id),
                ("lawyer", Guid.CreateVersion7()),
            }
        )
        {
            var problem = await mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/swap", new { role, citizen_id = citizen });
            Assert.NotNull(problem["errors"]![$"cast.{role}"]);
        }

        var open = await mira.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/start");
        // The lawyer neither acts nor directs.
        Assert.Equal(["cast.seller"], open["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task A_scenario_that_was_played_is_kept_and_its_version_stays_what_it_was()
    {
        var mira = republic.Mira;
        var episode = await PlayedByMiraAsync(Yaml);
        var scenario = (string)(await episode.ReadAsync())["scenario_id"]!;
        await mira.Api.ProblemAsync(409, HttpMethod.Delete, $"/api/scenarios/{scenario}");
        await mira.Api.PostAsync($"/api/scenarios/{scenario}/archive");
        await mira.Api.ProblemAsync(409, HttpMethod.Post, PlayedEpisode.All, new { scenario_id = scenario });

        await episode.DoAsync("start");
        await episode.DoAsync("act", new { role = "buyer", text = "Quietly." });
        await episode.DoAsync("act", new { role = "seller", text = "Ten." });
        var end = await episode.DoAsync(
            "act",
            new
            {
                role = "buyer",
                text = "Deal.",
                outcome = "approve",
            }
        );

        Assert.Equal("COMPLETED", (string?)end["status"]);
        await mira.Api.DeleteAsync(episode.Path);
        await mira.Api.DeleteAsync($"/api/scenarios/{scenario}");
    }

    [Fact]
    public async Task A_deadline_that_passed_is_found_by_a_sweep()
    {
        var yaml = Yaml.Replace(
            "next: [{to: offer}]",
            "next: [{to: offer, manual: Said}, {to: done, else: true}]",
            StringComparison.Ordinal
        );
        var episode = await PlayedByMiraAsync(yaml);
        await episode.DoAsync("start");

        await episode.PassDeadlineAsync(republic);

        var end = await episode.ReadAsync();
        Assert.Equal(("COMPLETED", "success"), ((string?)end["status"], (string?)end["result"]));
        Assert.Equal(StepStatus.Failed.ToString().ToUpperInvariant(), (string?)end["steps"]![0]!["status"]);
    }

    /// <summary>An episode in which a minion of Mira's, the buyer, has whispered, and the seller is to act.</summary>
    private async Task<PlayedEpisode> WhisperedAsync(FakeVendor vendor, Inhabitant seller, Inhabitant lawyer)
    {
        var mira = republic.Mira;
        await (await SharedTask.MakeAsync(mira)).AcceptedByAsync(republic.Jonas);
        vendor.Answers("We pay canary of the whisper.");
        var buyer = await mira.NewMinionAsync($"buyer-{Guid.CreateVersion7():N}", vendor);
        var episode = await PlayedEpisode.MakeAsync(
            mira,
            Yaml,
            new
            {
                buyer = buyer.Id,
                seller = seller.Id,
                lawyer = lawyer.Id,
            },
            new { facts = new { limit = "canary of the config" } }
        );
        await episode.DoAsync("start");
        await episode.RestAsync();
        return episode;
    }

    private Task<PlayedEpisode> PlayedByMiraAsync(string yaml) =>
        PlayedEpisode.MakeAsync(
            republic.Mira,
            yaml,
            new
            {
                buyer = republic.Mira.Id,
                seller = republic.Mira.Id,
                lawyer = republic.Mira.Id,
            }
        );

    private static IEnumerable<(string Act, object? Body)> OfTheOwner(Guid citizen) =>
        [
            ("start", null),
            ("pause", null),
            ("resume", null),
            ("step", null),
            ("stop", null),
            ("inject", new { text = "x", audience = "all" }),
            ("swap", new { role = "buyer", citizen_id = citizen }),
            ("choose", new { to = "done" }),
            ("fork", new { at_seq = 1 }),
        ];
}
