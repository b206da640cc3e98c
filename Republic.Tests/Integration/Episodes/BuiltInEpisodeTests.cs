using Microsoft.EntityFrameworkCore;
using Republic.Core.Episodes.Playing;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>An episode without any provider. In an app of its own: the built-in model is given its short tasks once, which others would see.</summary>
public sealed class BuiltInEpisodeTests(ModelRepublic republic) : IClassFixture<ModelRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Inhabitant Mira => republic.Mira;

    [Fact]
    public async Task Three_minions_on_the_built_in_model_alone_come_to_an_end()
    {
        var minions = new List<TestMinion>();
        for (var i = 0; i < 3; i++)
        {
            minions.Add(await Mira.NewMinionAsync($"small-{Guid.CreateVersion7():N}"));
        }

        var yaml = EpisodeScenarios
            .CodeReview.Replace("  reviewer: {", "  watcher: {director: true}\n  reviewer: {", StringComparison.Ordinal)
            .Replace(
                "{to: explain, when: visits.explain < 3}",
                "{to: explain, ask: Is anything to be changed?, max_visits: 2}",
                StringComparison.Ordinal
            );
        var episode = await PlayedEpisode.MakeAsync(
            Mira,
            yaml,
            new
            {
                developer = minions[0].Id,
                reviewer = minions[1].Id,
                watcher = minions[2].Id,
            }
        );
        await episode.DoAsync("start");

        var end = await episode.RestAsync();
        for (var i = 0; i < 3 && (string?)end["wait"] == "stuck"; i++)
        {
            // The smallest of models says the same again.
            await episode.DoAsync("resume");
            end = await episode.RestAsync();
        }

        Assert.True((string?)end["status"] == "COMPLETED", end.ToJsonString());
        Assert.All(PlayedEpisode.Said(end), said => Assert.True(said.Length > 12, said));
        Assert.All(
            end["steps"]!.AsArray().Where(step => (string?)step!["state"] == "review"),
            step => Assert.Contains((string?)step!["outcome"], (string?[])["approve", "reject", "changes"])
        );
        // It is too small to say what of it is worth remembering.
        await Until.TrueAsync(() =>
            republic.QueryAsync(db => db.Jobs.AnyAsync(job => job.Kind == LearnerWork.KindOfJob && job.FinishedAt != null, Ct))
        );
        Assert.Empty((await Mira.Api.GetAsync("/api/memories"))["memories"]!.AsArray());
    }
}
