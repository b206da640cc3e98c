using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>A person with two minions, which play all roles of the person's episodes.</summary>
internal sealed class Company(Person person)
{
    private readonly List<Guid> minions = [];
    private readonly Dictionary<Play, string> scenarios = [];

    public Person Person => person;

    public static async Task<Company> ArriveAsync(Site site, string name)
    {
        var company = new Company(new Person(name, site.Node.Address));
        await company.Person.ArriveAsync();
        // What an episode may cost is known by the price of the model.
        await company.Person.PostAsync(
            $"/api/users/{company.Person.Id}/prices",
            new JsonObject
            {
                ["provider"] = "custom",
                ["model"] = "fake",
                ["input"] = 0.1,
                ["output"] = 0.1,
            }
        );
        foreach (var minion in new[] { "pim", "pam" })
        {
            company.minions.Add(await company.MinionAsync(minion));
        }

        foreach (var play in Play.Short.Append(Play.Long))
        {
            await company.PublishAsync(play);
        }

        return company;
    }

    /// <returns>The id of an episode that waits to be started; null where the app was away.</returns>
    /// <param name="number">Its own, among all episodes.</param>
    /// <param name="seed">Of its chances.</param>
    public async Task<Guid?> MakeAsync(Play play, int number, int seed)
    {
        var cast = new JsonObject();
        foreach (var role in play.Roles)
        {
            cast[role] = minions[role == "b" ? 1 : 0];
        }

        var made = await person.TryPostAsync(
            "/api/episodes",
            new JsonObject
            {
                ["scenario_id"] = scenarios[play],
                ["cast"] = cast,
                ["config"] = new JsonObject
                {
                    ["seed"] = seed,
                    ["facts"] = new JsonObject { ["number"] = number },
                },
            }
        );
        return made?["episode"]!["id"]!.GetValue<Guid>();
    }

    /// <returns>Whether the app was there.</returns>
    public async Task<bool> StartAsync(Guid episode) => await person.TryPostAsync($"/api/episodes/{episode}/start") is not null;

    private async Task<Guid> MinionAsync(string name)
    {
        var made = await person.PostAsync(
            "/api/minions",
            new JsonObject
            {
                ["name"] = name,
                ["display_name"] = name,
                ["provider"] = "custom",
                ["model_id"] = "fake",
                ["base_url"] = $"http://127.0.0.1:{Provider.Port}/v1",
                ["api_key"] = "sk-bench-0123456789",
            }
        );
        return made["minion_id"]!.GetValue<Guid>();
    }

    private async Task PublishAsync(Play play)
    {
        using var text = new StringContent(play.Yaml, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/yaml"));
        var id = (await person.PostAsync("/api/scenarios/yaml", text))["scenario"]!["id"]!.GetValue<string>();
        await person.PostAsync($"/api/scenarios/{id}/publish");
        scenarios[play] = id;
    }
}
