using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>A form that is older than what stands is refused, whatever else is wrong with it.</summary>
public sealed class ScenarioStaleFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_form_that_was_refused_for_a_field_is_still_refused_for_what_was_changed_meanwhile()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var seen = EditorForms.Seen(await scenario.ReadFormAsync("/roles/reviewer"));
        await scenario.ChangeRoleAsync("reviewer", new { description = "By the API." });

        var typo = await scenario.SendFormAsync("/roles/reviewer", Role(""), seen: seen);
        Assert.Equal(HttpStatusCode.BadRequest, typo.Status);
        var mended = await scenario.SendFormAsync("/roles/reviewer", Role("Reviewer"), seen: EditorForms.Seen(typo.Body));

        Assert.Equal(HttpStatusCode.Conflict, mended.Status);
        Assert.Equal("By the API.", (string?)(await scenario.RoleAsync("reviewer"))["description"]);
        var again = await scenario.SendFormAsync("/roles/reviewer", Role("Reviewer"), seen: EditorForms.Seen(mended.Body));
        Assert.Equal(HttpStatusCode.Redirect, again.Status);
    }

    [Fact]
    public async Task A_text_that_is_older_than_the_draft_replaces_it_only_when_it_is_sent_again()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var page = WebUtility.HtmlDecode(await (await republic.Jonas.BrowserAsync()).ReadAsync($"/scenarios/{scenario.Id}/yaml"));
        var text = (await scenario.YamlAsync()).Replace("name: Code review", "name: By the text", StringComparison.Ordinal);
        await scenario.ChangeStateAsync("review", new { description = "By the API." });

        var refused = await scenario.SendAsync("/yaml", Text(text), seen: EditorForms.Seen(page));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("The draft was changed meanwhile", refused.Body, StringComparison.Ordinal);
        Assert.Contains("name: By the text", refused.Body, StringComparison.Ordinal);
        Assert.Equal("By the API.", (string?)(await scenario.StateAsync("review"))["description"]);
        var again = await scenario.SendAsync("/yaml", Text(text), seen: EditorForms.Seen(refused.Body));
        Assert.Equal(HttpStatusCode.Redirect, again.Status);
        Assert.Equal("By the text", (string?)(await scenario.ReadAsync())["name"]);
    }

    [Fact]
    public async Task Settings_and_states_that_a_renamed_role_changed_are_newer_than_their_forms()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.Owner.Api.PutAsync(scenario.Path, new { learner_role = "reviewer" });
        await scenario.ChangeStateAsync("explain", new { audience = new[] { "reviewer" } });
        var (settings, state) = (
            EditorForms.Seen(await scenario.ReadFormAsync()),
            EditorForms.Seen(await scenario.ReadFormAsync("/states/explain"))
        );
        await scenario.ChangeRoleAsync("reviewer", new { name = "critic" });

        var old = await scenario.SendFormAsync("", new() { ["Input.Name"] = "Old", ["Input.LearnerRole"] = "reviewer" }, seen: settings);
        Assert.Equal(HttpStatusCode.Conflict, old.Status);
        Assert.Equal("critic", (string?)(await scenario.ReadAsync())["learner_role"]);
        Assert.NotEqual(state, EditorForms.Seen(await scenario.ReadFormAsync("/states/explain")));
    }

    private static Dictionary<string, string> Role(string name) =>
        new()
        {
            ["Input.Name"] = name,
            ["Input.Kind"] = "minion",
            ["Input.Description"] = "By the form.",
        };

    private static Dictionary<string, string> Text(string yaml) => new() { ["Input.Yaml"] = yaml };
}
