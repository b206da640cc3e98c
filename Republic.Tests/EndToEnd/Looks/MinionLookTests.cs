using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Minions, and where they answer.</summary>
public sealed class MinionLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/models", "Grafana")]
    [InlineData("/models/new", "Personality")]
    [InlineData("/models/{minion}", "Calm")]
    [InlineData("/models/{minion}/edit", "Personality")]
    [InlineData("/models/{minion}/route", "Route")]
    [InlineData("/models/{minion}/tools", "cannot call tools")]
    [InlineData("/models/import", "Import")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    [Fact]
    public async Task A_list_without_minions_pleases_too() =>
        await window.LookAsync(republic, new PlantedState(await republic.NewPersonAsync("Newcomer")), "/models", "No minions yet");

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var minion = await person.NewMinionAsync("grafana", more: Profile());
        await person.NewMinionAsync("keyless", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1" });
        return new PlantedState(person, ("minion", minion.Id));
    }

    private static JsonObject Profile() =>
        new()
        {
            ["display_name"] = "Grafana",
            ["avatar"] = "🧠",
            ["description"] = "Plans things, with a description that is quite a bit longer than a card is wide",
            ["personality"] = "Calm",
            ["skillset"] = new JsonArray("planning", "writing"),
            ["tags"] = new JsonArray("work", "planning"),
            ["is_favorite"] = true,
            ["fallbacks"] = new JsonArray(new JsonObject { ["provider"] = "local", ["model_id"] = "sprout" }),
        };
}
