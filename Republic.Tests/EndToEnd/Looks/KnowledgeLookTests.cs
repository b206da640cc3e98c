using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Collections, once documents are in them.</summary>
public sealed class KnowledgeLookTests(SharedRepublic republic, LookWindow window)
    : IClassFixture<SharedRepublic>,
        IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/knowledge", "Lamp handbook")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var collection = await new LinkedKnowledge(republic, person).CollectionAsync(
            "Lamp handbook",
            "The lamp is warranted for 24 months."
        );
        return new PlantedState(person, ("collection", collection.Id));
    }
}
