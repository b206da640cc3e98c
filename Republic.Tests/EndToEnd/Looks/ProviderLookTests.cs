using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Providers and their keys.</summary>
public sealed class ProviderLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/providers/add", "Add a provider")]
    [InlineData("/providers/keys/{key}", "Work")]
    [InlineData("/providers/keys/{key}/remove", "Work")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var key = new
        {
            provider = "groq",
            label = "Work",
            api_key = "gsk-work-0123456789abcdef",
        };
        var stored = await person.Api.PostAsync($"/api/users/{person.Id}/providers", key);
        var id = stored["provider"]!["id"]!.GetValue<string>();
        var model = new JsonObject
        {
            ["provider"] = "groq",
            ["model_id"] = "llama-3.3-70b-versatile",
            ["credential_id"] = id,
        };
        await person.NewMinionAsync("keyed", more: model);
        return new PlantedState(person, ("key", id));
    }
}
