using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>What the work on episodes keeps, counts and leaves to others.</summary>
public sealed class EpisodeWorkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const int MostAtOnce = 20;

    private const string Once = """
        republic: scenario/1
        name: Once
        roles: {writer: {}}
        states:
          begin: {type: start, next: [{to: draft}]}
          draft: {type: action, roles: [writer], prompts: [Write it.], next: [{to: over}]}
          over: {type: end}
        """;

    [Fact]
    public async Task An_outcome_that_was_chosen_before_a_kill_is_not_asked_for_again_with_the_score()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersAndHangs("I wrote it.", "ready");
        var yaml = EpisodeScenarios.Rated.Replace("score > 0.5", "'outcome == \"ready\" && score > 0.5'", StringComparison.Ordinal);
        var episode = await PlayedAsync(vendor, yaml, "writer");
        var timeline = Guid.Parse((string)(await episode.DoAsync("start"))["timeline_id"]!);
        await Until.TrueAsync(() => PlayedEpisode.Keys(vendor).Count == 3);

        vendor.Answers("0.7");
        // As if its node were gone.
        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Subject == timeline)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Queued).SetProperty(j => j.Node, (string?)null))
        );
        var end = await episode.RestAsync();

        Assert.Equal(("success", "ready"), ((string?)end["result"], (string?)end["steps"]![0]!["outcome"]));
        var keys = PlayedEpisode.Keys(vendor);
        Assert.Equal((4, keys[2]), (keys.Count, keys[3]));
    }

    [Fact]
    public async Task Tokens_that_a_provider_does_not_count_are_estimated()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersUncounted(new string('x', 400));
        var episode = await PlayedAsync(vendor, Once, "writer");
        await episode.DoAsync("start");

        var end = await episode.RestAsync();

        Assert.Equal("COMPLETED", (string?)end["status"]);
        Assert.InRange((long)end["tokens"]!, 150, 5000);
    }

    [Fact]
    public async Task So_many_of_a_person_go_on_at_once_and_those_that_are_paused_do_not_count()
    {
        var person = await republic.NewPersonAsync("Busy");
        var first = await PlayedEpisode.MakeAsync(person, EpisodeScenarios.Rated, new { writer = person.Id });
        var scenario = (string)(await first.ReadAsync())["scenario_id"]!;
        List<PlayedEpisode> all = [first];
        while (all.Count < MostAtOnce + 3)
        {
            var made = await person.Api.PostAsync(PlayedEpisode.All, new { scenario_id = scenario, cast = new { writer = person.Id } });
            all.Add(new(person, (string)made["episode"]!["id"]!));
        }

        var starts = await Task.WhenAll(all.Select(one => person.Api.SendAsync(HttpMethod.Post, $"{one.Path}/start")));
        Assert.Equal(MostAtOnce, starts.Count(start => start.StatusCode == HttpStatusCode.OK));
        Assert.Equal(3, starts.Count(start => start.StatusCode == HttpStatusCode.Conflict));

        var (running, waiting) = (
            all.Zip(starts).First(one => one.Second.IsSuccessStatusCode).First,
            all.Zip(starts).First(one => !one.Second.IsSuccessStatusCode).First
        );
        await running.DoAsync("pause");
        await waiting.DoAsync("start");
        await person.Api.ProblemAsync(409, HttpMethod.Post, $"{running.Path}/resume");
    }

    /// <param name="roles">All of them played by one minion.</param>
    private async Task<PlayedEpisode> PlayedAsync(FakeVendor vendor, string yaml, params string[] roles)
    {
        var minion = await republic.Mira.NewMinionAsync($"worker-{Guid.CreateVersion7():N}", vendor);
        return await PlayedEpisode.MakeAsync(republic.Mira, yaml, roles.ToDictionary(role => role, _ => minion.Id));
    }
}
