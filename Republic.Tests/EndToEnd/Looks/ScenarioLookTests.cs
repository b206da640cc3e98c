using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Scenarios, their editor and a walk through one.</summary>
public sealed class ScenarioLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/scenarios", "Code review")]
    [InlineData("/scenarios/{scenario}/try?walk=0-0", "So far")]
    [InlineData("/scenarios/{scenario}/edit/roles/reviewer", "Reviewer")]
    [InlineData("/scenarios/{scenario}/edit/facts", "New fact")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        return new PlantedState(person, ("scenario", (await WrittenScenario.MakeAsync(person)).Id));
    }
}
