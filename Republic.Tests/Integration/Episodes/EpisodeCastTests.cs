using System.Text.Json.Nodes;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>How roles are played in an episode, which facts are otherwise in it, and steps that a limit kept from being done.</summary>
public sealed class EpisodeCastTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string How = "is a canary in the team";

    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task How_a_role_is_played_is_told_to_its_minion_and_to_nobody_else()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        var (developer, reviewer) = (await NewMinionAsync(vendor), await NewMinionAsync(vendor));
        var episode = await MakeAsync(developer, reviewer, new { descriptions = new { reviewer = $" {How}. " } });

        await episode.DoAsync("start");
        var end = await episode.RestAsync();

        Assert.Equal($"{How}.", HowOf(end, "reviewer"));
        Assert.Null(HowOf(end, "developer"));
        Assert.Contains(
            vendor.Requests,
            asked =>
                IsReviewer(asked) && Prompt(asked).Contains($"Experienced developer. In this episode: {How}.", StringComparison.Ordinal)
        );
        Assert.All(vendor.Requests.Where(asked => !IsReviewer(asked)), asked => Assert.DoesNotContain(How, Prompt(asked)));
        var replay = await episode.ReplayAsync();
        Assert.Equal(
            (0, (string?)end["transcript_sha256"]),
            (replay["differences"]!.AsArray().Count, (string?)replay["transcript_sha256"])
        );
    }

    [Fact]
    public async Task It_changes_with_a_swap_and_stays_where_a_swap_says_nothing_of_it()
    {
        var jonas = republic.Jonas;
        await (await SharedTask.MakeAsync(Mira)).AcceptedByAsync(jonas);
        var episode = await MakeAsync(Mira.Id, jonas.Id, new { descriptions = new { developer = How, reviewer = "is strict" } });
        await episode.DoAsync("swap", new { role = "developer", citizen_id = Mira.Id });
        await episode.DoAsync("start");

        var theirs = await new PlayedEpisode(jonas, episode.Id).ReadAsync();
        Assert.DoesNotContain(How, theirs.ToJsonString());
        Assert.Equal("is strict", HowOf(theirs, "reviewer"));
        Assert.Equal(How, HowOf(await episode.ReadAsync(), "developer"));

        await Mira.Api.ProblemAsync(409, HttpMethod.Post, $"{episode.Path}/swap", new { role = "reviewer", citizen_id = jonas.Id });
        var mild = await SwapAsync(episode, jonas.Id, "is mild");
        Assert.Equal("is mild", HowOf(mild, "reviewer"));
        Assert.Null(HowOf(await SwapAsync(episode, jonas.Id, ""), "reviewer"));
        Assert.Null(HowOf(await SwapAsync(episode, Mira.Id, null), "reviewer"));
    }

    [Fact]
    public async Task What_cannot_be_said_of_a_role_or_a_fact_is_refused_at_its_field()
    {
        var episode = await MakeAsync(Mira.Id, Mira.Id, config: null);
        var scenario = (string)(await episode.ReadAsync())["scenario_id"]!;
        var refused = await Mira.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            PlayedEpisode.All,
            new
            {
                scenario_id = scenario,
                cast = new { developer = Mira.Id },
                config = new
                {
                    descriptions = new { developer = new string('x', 401), reviewer = "is strict" },
                    facts = new { leak = new { line = 12 }, rumour = "none" },
                },
            }
        );
        Assert.Equal(
            ["descriptions.developer", "descriptions.reviewer", "facts.leak", "facts.rumour"],
            refused["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal)
        );
        Assert.Contains("401 characters; at most 400", refused["errors"]!["descriptions.developer"]!.ToJsonString());

        var swap = await Mira.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            $"{episode.Path}/swap",
            new
            {
                role = "reviewer",
                citizen_id = Mira.Id,
                description = "two\nlines",
            }
        );
        Assert.NotNull(swap["errors"]!["descriptions.reviewer"]);
    }

    [Fact]
    public async Task A_step_before_which_a_limit_was_reached_never_was_one()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => IsReviewer(asked) ? "OUTCOME: approve\nFine by me." : "I closed the handle.");
        var episode = await MakeAsync(await NewMinionAsync(vendor), await NewMinionAsync(vendor), new { limits = new { tokens = 20 } });
        await episode.DoAsync("start");
        var limited = await episode.RestAsync();
        Assert.Equal(("limit", 0), ((string?)limited["wait"], limited["steps"]!.AsArray().Count));
        Assert.DoesNotContain(vendor.Requests, asked => asked.Body is not null);

        await episode.DoAsync("resume", new { limits = new { tokens = 100_000 } });
        var end = await episode.RestAsync();

        Assert.Equal(["COMPLETED", "COMPLETED"], end["steps"]!.AsArray().Select(step => (string?)step!["status"]));
        Assert.Equal("success", (string?)end["result"]);
        Assert.Empty((await episode.ReplayAsync())["differences"]!.AsArray());
    }

    private async Task<Guid> NewMinionAsync(FakeVendor vendor) => (await Mira.NewMinionAsync($"cast-{Guid.CreateVersion7():N}", vendor)).Id;

    private Task<PlayedEpisode> MakeAsync(Guid developer, Guid reviewer, object? config) =>
        PlayedEpisode.MakeAsync(Mira, EpisodeScenarios.CodeReview, new { developer, reviewer }, config);

    private static Task<JsonNode> SwapAsync(PlayedEpisode episode, Guid citizen, string? description) =>
        episode.DoAsync(
            "swap",
            new
            {
                role = "reviewer",
                citizen_id = citizen,
                description,
            }
        );

    /// <summary>How the present player plays a role.</summary>
    private static string? HowOf(JsonNode episode, string role) =>
        (string?)episode["assignments"]!.AsArray().Single(one => (string?)one!["role"] == role && one["until_seq"] is null)!["description"];

    private static bool IsReviewer(VendorRequest asked) => Prompt(asked).Contains("You play reviewer", StringComparison.OrdinalIgnoreCase);

    private static string Prompt(VendorRequest asked) => asked.Body?["messages"]?.ToJsonString() ?? "";
}
