using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>A model that ends is said to wherever a role of a scenario names it, and where roles are given to whoever plays them.</summary>
public sealed class ScenarioModelEndTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Yaml = """
        republic: scenario/1
        name: Old models
        roles:
          pinned:
            model: gpt-4.1-mini
            pin: true
          wished:
            model: google/gemini-2.5-pro
          steady:
            model: local/sprout
          elsewhere:
            model: groq/gpt-4.1-mini
        states:
          begin: {type: start, next: [{to: talk}]}
          talk: {type: action, roles: [pinned, wished, steady, elsewhere], prompts: [Talk.], next: [{to: over}]}
          over: {type: end}
        """;

    private const string Named =
        "“Pinned” names the model <bdi>gpt-4.1-mini</bdi>, which end(s|ed) on 14 Jan 2027.*Its provider recommends <bdi>gpt-6-luna</bdi>";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_a_warning_at_the_role_with_the_day_and_what_to_name_instead()
    {
        var imported = await WrittenScenario.ImportAsync(republic.Jonas, Yaml);
        var scenario = WrittenScenario.Of(republic.Jonas, imported);
        var problems = await ProblemsAsync(scenario);

        Assert.Equal(["roles.pinned.model", "roles.wished.model"], problems.Select(problem => (string?)problem!["path"]));
        Assert.All(problems, problem => Assert.Equal("warning", (string?)problem!["severity"]));
        Assert.Matches(
            "^“Pinned” names the model gpt-4.1-mini, which end(s|ed) on 14 Jan 2027.*Name gpt-6-luna, which its provider recommends, or another one.$",
            Message(problems[0])
        );
        Assert.Matches("^“Wished” names the model google/gemini-2.5-pro, which end(s|ed) on 1 Dec 2026", Message(problems[1]));
        var located = imported["problems"]!.AsArray();
        Assert.Equal((5, Message(problems[0])), ((int)located[0]!["line"]!, Message(located[0])));
        Assert.Equal(1, await scenario.PublishAsync());
    }

    [Fact]
    public async Task The_editor_says_it_beside_the_role_and_in_its_form()
    {
        var scenario = WrittenScenario.Of(republic.Jonas, await WrittenScenario.ImportAsync(republic.Jonas, Yaml));
        var browser = await republic.Jonas.BrowserAsync();

        var editor = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit");
        Assert.Equal(2, editor.Split("Model end").Length - 1);
        Assert.Matches("</svg>Model end(s|ed) on 14 Jan 2027", editor);
        var form = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit/roles/pinned");
        Assert.Matches(Named, form);
        var calm = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit/roles/steady");
        Assert.DoesNotContain("Its provider recommends", calm);
    }

    [Fact]
    public async Task The_version_that_is_played_is_warned_of_until_the_draft_is_published()
    {
        var scenario = WrittenScenario.Of(republic.Jonas, await WrittenScenario.ImportAsync(republic.Jonas, Yaml));
        await scenario.PublishAsync();
        await scenario.ChangeRoleAsync("steady", new { description = "It stays." });
        Assert.Equal(["roles.pinned.model ", "roles.wished.model "], (await ProblemsAsync(scenario)).Select(PathAndVersion));
        await scenario.ChangeRoleAsync("pinned", new { model = "local/sprout" });

        var problems = await ProblemsAsync(scenario);
        Assert.Equal(["roles.wished.model ", "roles.pinned.model 1"], problems.Select(PathAndVersion));
        Assert.Equal("warning", (string?)problems[1]!["severity"]);
        Assert.Matches(
            "^In version 1, which new episodes play, “Pinned” names the model gpt-4.1-mini, which end(s|ed) on 14 Jan 2027.*Publish the draft",
            Message(problems[1])
        );
        var replaced = (await scenario.ReplaceAsync(await scenario.YamlAsync()))["problems"]!.AsArray();
        Assert.Equal(problems.Select(PathAndVersion), replaced.Select(PathAndVersion));
        var browser = await republic.Jonas.BrowserAsync();
        Assert.Contains("In version 1, which new episodes play", await browser.ReadAsync($"/scenarios/{scenario.Id}/edit"));
        Assert.Matches(Named, await browser.ReadAsync($"/episodes/new?scenario={scenario.Id}"));

        Assert.Equal(2, await scenario.PublishAsync());
        Assert.Equal(["roles.wished.model "], (await ProblemsAsync(scenario)).Select(PathAndVersion));
    }

    [Fact]
    public async Task The_form_of_a_cast_says_it_of_roles_and_of_the_minions_that_are_chosen()
    {
        var person = await republic.NewPersonAsync("Caster");
        var minion = await person.NewMinionAsync("oldie", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1-mini" });
        var scenario = WrittenScenario.Of(person, await WrittenScenario.ImportAsync(person, Yaml));
        await scenario.PublishAsync();
        var browser = await person.BrowserAsync();
        var address = $"/episodes/new?scenario={scenario.Id}";

        var form = await browser.ReadAsync(address);
        Assert.Matches(Named, form);
        Assert.Matches("“Wished” names the model <bdi>google/gemini-2.5-pro</bdi>, which end(s|ed) on 1 Dec 2026", form);
        Assert.Matches("Oldie: gpt-4.1-mini at OpenAI, model end(s|ed) on 14 Jan 2027", form);
        Assert.Equal((2, 0), Warnings(form));

        // In a role that is pinned to another model the minion's own is not asked.
        var cast = new Dictionary<string, string>
        {
            ["Input.Cast[0].Citizen"] = $"{minion.Id}",
            ["Input.Cast[1].Citizen"] = $"{minion.Id}",
        };
        using var refused = await browser.SubmitAsync(address, cast, "/episodes/new");
        var again = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Matches("<bdi>Oldie</bdi> answers with the model <bdi>gpt-4.1-mini</bdi>, which end(s|ed) on 14 Jan 2027", again);
        Assert.Equal((2, 1), Warnings(again));
    }

    [Fact]
    public async Task An_episode_says_it_before_the_start_and_where_a_role_is_given_to_somebody_else()
    {
        var person = await republic.NewPersonAsync("Swapper");
        var minion = await person.NewMinionAsync("oldie", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1-mini" });
        var cast = new
        {
            pinned = person.Id,
            wished = minion.Id,
            steady = person.Id,
            elsewhere = person.Id,
        };
        var episode = await PlayedEpisode.MakeAsync(person, Yaml, cast);
        var browser = await person.BrowserAsync();

        Assert.Equal((2, 1), Warnings(await browser.ReadAsync($"/episodes/{episode.Id}")));

        await episode.DoAsync("start");
        Assert.Equal("person", (string?)(await episode.RestAsync())["wait"]);
        Assert.Equal((2, 1), Warnings(await browser.ReadAsync($"/episodes/{episode.Id}")));
    }

    /// <summary>How many there are of roles, and of minions.</summary>
    private static (int Roles, int Minions) Warnings(string page) =>
        (page.Split(" names the model <bdi>").Length - 1, page.Split(" answers with the model <bdi>").Length - 1);

    private static async Task<JsonArray> ProblemsAsync(WrittenScenario scenario) =>
        (await scenario.Owner.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.AsArray();

    private static string PathAndVersion(JsonNode? problem) => $"{(string?)problem!["path"]} {(int?)problem["version"]}";

    private static string Message(JsonNode? problem) => (string)problem!["message"]!;
}
