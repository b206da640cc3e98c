using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>A model that ends is said to wherever a role of a scenario names it.</summary>
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

    [Fact]
    public async Task It_is_a_warning_at_the_role_with_the_day_and_what_to_name_instead()
    {
        var imported = await WrittenScenario.ImportAsync(republic.Jonas, Yaml);
        var scenario = WrittenScenario.Of(republic.Jonas, imported);
        var problems = (await republic.Jonas.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.AsArray();

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
        Assert.Matches("End(s|ed) on 14 Jan 2027.*Its provider recommends <bdi>gpt-6-luna</bdi>", form);
        var calm = await browser.ReadAsync($"/scenarios/{scenario.Id}/edit/roles/steady");
        Assert.DoesNotContain("Its provider recommends", calm);
    }

    private static string Message(JsonNode? problem) => (string)problem!["message"]!;
}
