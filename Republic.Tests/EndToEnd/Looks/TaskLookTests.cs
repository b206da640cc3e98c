using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Tasks, once they are made.</summary>
public sealed class TaskLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/tasks/{task}/edit", "Its state and who does it")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        return new PlantedState(person, ("task", await new Tasked(republic, person).MakeAsync(minion: null)));
    }
}
