using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Episodes in a list, a new one, one that waits for whoever looks, and what stands behind it.</summary>
public sealed class EpisodeLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/episodes", "Waits for you")]
    [InlineData("/episodes/new?scenario={scenario}", "What is used")]
    [InlineData("/episodes/{episode}", "Your turn as Reviewer")]
    [InlineData("/episodes/{episode}/knows/reviewer", "Line 12 leaks a handle")]
    [InlineData("/episodes/{episode}/compare", "It did not come to it.")]
    [InlineData("/episodes/{ended}/dataset", "Whose steps")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var episode = await PlayedEpisode.MakeAsync(
            person,
            EpisodeScenarios.CodeReview,
            new { developer = person.Id, reviewer = person.Id }
        );
        var begun = await episode.DoAsync("start");
        await episode.ForkAsync(new { at_seq = 1 });
        await episode.DoAsync("act", new { role = "developer", text = "I closed the handle." });
        var ended = await PlayedEpisode.AloneAsync(person, "Rehearsal");
        await ended.DoAsync("stop");
        return new PlantedState(person, ("episode", episode.Id), ("ended", ended.Id), ("scenario", (string)begun["scenario_id"]!));
    }
}
