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
    public async Task A_text_sent_by_a_program_that_says_what_it_read_replaces_nothing_that_was_changed_since()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var (text, seen) = (await scenario.YamlAsync(), (string)(await scenario.ReadAsync())["updated_at"]!);
        await scenario.ChangeStateAsync("review", new { description = "By another program." });

        await SendAsync(seen, status: 409);

        Assert.Equal("By another program.", (string?)(await scenario.StateAsync("review"))["description"]);
        await SendAsync((string)(await scenario.ReadAsync())["updated_at"]!, status: 200);
        Assert.Null((string?)(await scenario.StateAsync("review"))["description"]);

        Task SendAsync(string moment, int status) =>
            WrittenScenario.SendAsync(
                scenario.Owner,
                HttpMethod.Put,
                $"{scenario.Path}/yaml?updated_at={Uri.EscapeDataString(moment)}",
                text,
                status
            );
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

    [Fact]
    public async Task What_another_type_of_state_does_without_goes_only_when_it_is_sent_again()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        Dictionary<string, string> decision = new()
        {
            ["Input.Name"] = "explain",
            ["Input.NodeType"] = "decision",
            ["Input.Roles"] = "developer",
            ["Input.Prompts[0]"] = "Explain it.",
            ["Input.Audience"] = "present",
        };

        var asked = await scenario.SendFormAsync("/states/explain", decision);

        Assert.Equal(HttpStatusCode.BadRequest, asked.Status);
        Assert.Contains("does without who acts and its prompts. Save again", asked.Body, StringComparison.Ordinal);
        Assert.Equal("action", (string?)(await scenario.StateAsync("explain"))["node_type"]);
        decision["Input.LosesFields"] = "true";
        Assert.Equal(HttpStatusCode.Redirect, (await scenario.SendFormAsync("/states/explain", decision)).Status);
        Assert.Equal("decision", (string?)(await scenario.StateAsync("explain"))["node_type"]);
    }

    [Fact]
    public async Task A_form_of_what_was_renamed_meanwhile_is_given_back_with_what_was_typed()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.ChangeRoleAsync("reviewer", new { name = "critic" });

        var (browser, editor) = (await scenario.Owner.BrowserAsync(), $"/scenarios/{scenario.Id}/edit");
        var fields = Role("Reviewer");
        fields["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync($"{editor}/roles"));
        using var form = new FormUrlEncodedContent(fields);
        using var refused = await browser.Http.PostAsync($"{editor}/roles/reviewer", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("was renamed or removed meanwhile", page, StringComparison.Ordinal);
        Assert.Contains("By the form.", page, StringComparison.Ordinal);
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
