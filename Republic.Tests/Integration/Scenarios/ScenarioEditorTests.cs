using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The forms of the editor, without a script.</summary>
public sealed partial class ScenarioEditorTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_state_is_added_changed_and_removed_with_its_transitions()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var added = await scenario.SendFormAsync(
            "/states",
            new()
            {
                ["Input.Name"] = "Mend the change",
                ["Input.NodeType"] = "action",
                ["Input.Roles"] = "developer",
                ["Input.Prompts[0]"] = "Mend what was found.\r\nSay what you did.",
                ["Input.Rounds"] = "2",
                ["Input.Audience"] = "all",
                ["Input.Next[0].To"] = "review",
                ["Input.Next[0].Kind"] = "always",
                ["Input.Next[1].To"] = "",
                ["Input.Next[1].Kind"] = "when",
            }
        );

        Assert.Equal($"/scenarios/{scenario.Id}/edit/states/mend_the_change", added.Location);
        var state = await scenario.StateAsync("mend_the_change");
        Assert.Equal("""["Mend what was found.\nSay what you did."]""", state["prompts"]!.ToJsonString());
        Assert.Equal((2, "all"), (state["rounds"]!.GetValue<int>(), (string?)state["audience"]));
        Assert.Single(await scenario.TransitionsAsync("mend_the_change"));

        var removed = await scenario.SendFormAsync("/states/mend_the_change", [], handler: "Delete");

        Assert.Equal($"/scenarios/{scenario.Id}/edit", removed.Location);
        Assert.Equal(5, (await scenario.TransitionsAsync()).Count);
    }

    [Fact]
    public async Task The_buttons_of_transitions_change_the_form_alone_until_it_is_saved()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var before = await scenario.YamlAsync();

        var moved = await scenario.SendFormAsync("/states/review", Review("Input.Up", "1"));
        var removed = await scenario.SendFormAsync("/states/review", Review("Input.Remove", "0"));

        Assert.Equal(["visits.explain < 3", "outcome == \"approve\"", "", ""], ConditionsOf(moved.Body));
        Assert.Equal(["visits.explain < 3", "", ""], ConditionsOf(removed.Body));
        Assert.Contains("Not saved yet", moved.Body, StringComparison.Ordinal);
        Assert.Equal(before, await scenario.YamlAsync());
    }

    [Fact]
    public async Task An_older_form_writes_over_nothing_until_it_is_saved_again()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var seen = EditorForms.Seen(await scenario.ReadFormAsync("/states/review"));
        await scenario.ChangeStateAsync("review", new { description = "By the API." });

        var refused = await scenario.SendFormAsync("/states/review", Review("Input.Description", "By the form."), seen: seen);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("This state was changed meanwhile", refused.Body, StringComparison.Ordinal);
        Assert.Contains("By the form.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("What stands now", refused.Body, StringComparison.Ordinal);
        Assert.Equal("By the API.", (string?)(await scenario.StateAsync("review"))["description"]);
        var again = await scenario.SendFormAsync(
            "/states/review",
            Review("Input.Description", "By the form."),
            seen: EditorForms.Seen(refused.Body)
        );
        Assert.Equal(HttpStatusCode.Redirect, again.Status);
        Assert.Equal("By the form.", (string?)(await scenario.StateAsync("review"))["description"]);
    }

    [Theory]
    [InlineData("/states", "Input.Name", "", "The name is missing.")]
    [InlineData("/states", "Input.Name", "Review", "There is another state called review.")]
    [InlineData("/states", "Input.Name", "???", "The name of a state is a small letter")]
    [InlineData("/states", "Input.Name", "A name of more than forty characters in all", "The name has 43 characters, and at most 40 fit.")]
    [InlineData("/roles", "Input.Name", "Έλεγχος", "Write the name in Latin letters")]
    [InlineData("/facts", "Input.Name", "Review 評価", "Write the name in Latin letters")]
    [InlineData("/states", "Input.NodeType", "party", "node_type is start, action")]
    [InlineData("/states", "Input.Rounds", "many", "“many” is not a whole number.")]
    [InlineData("/states", "Input.Rounds", "21", "The number of rounds is 21; it can be 1 to 20.")]
    [InlineData("/states", "Input.Audience", "listed", "Choose who gets to know it")]
    [InlineData("/states", "Input.Next[0].To", "nowhere", "There is no state “nowhere”.")]
    [InlineData("/states", "Input.Next[0].MaxVisits", "0", "The number of visits is 0; it can be 1 to 1,000.")]
    [InlineData("/roles", "Input.Name", "Reviewer", "There is another role called reviewer.")]
    [InlineData("/facts", "Input.KnownTo", "listed", "Choose who knows it, or nobody.")]
    [InlineData("", "Input.MaxTurns", "1001", "The most turns is 1,001; it can be 1 to 1,000.")]
    [InlineData("", "Input.MaxCost", "free", "“free” is not a number.")]
    [InlineData("", "Input.Name", "", "The name is missing.")]
    public async Task What_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
        string form,
        string field,
        string value,
        string message
    )
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var before = await scenario.YamlAsync();
        Dictionary<string, string> fields = new()
        {
            ["Input.Name"] = "Something new",
            ["Input.NodeType"] = "action",
            ["Input.Audience"] = "present",
            ["Input.Next[0].To"] = "review",
            ["Input.Next[0].Kind"] = "always",
            ["Input.Description"] = "These words stay.",
            ["Input.Value"] = "These words stay.",
        };
        fields[field] = value;

        var refused = await scenario.SendFormAsync(form, fields);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(message, refused.Body, StringComparison.Ordinal);
        Assert.Contains("These words stay.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(before, await scenario.YamlAsync());
    }

    [Theory]
    [InlineData("text", "No. 7\r\nis open", """ "No. 7\nis open" """)]
    [InlineData("number", "0.50", "0.5")]
    [InlineData("yes", "", "true")]
    [InlineData("nothing", "", "null")]
    [InlineData("list", "red\n7\n\"8\"\n[x]\ntrue", """["red",7,"8","[x]",true]""")]
    [InlineData("list", "\"two\\nlines\"\n\"\"\nplain", """["two\nlines","","plain"]""")]
    public async Task A_fact_is_what_was_chosen_and_its_form_says_the_same_again(string kind, string value, string json)
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        Dictionary<string, string> fields = new()
        {
            ["Input.Name"] = "New fact",
            ["Input.Kind"] = kind,
            ["Input.Value"] = value,
            ["Input.KnownTo"] = "nobody",
        };

        Assert.EndsWith("/edit/facts/new_fact", (await scenario.SendFormAsync("/facts", fields)).Location, StringComparison.Ordinal);
        var fact = await FactAsync(scenario);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), fact["value"]), fact.ToJsonString());
        Assert.Null(fact["known_to"]);
        var page = await scenario.ReadFormAsync("/facts/new_fact");
        Assert.Contains($"<option value=\"{kind}\" selected", page, StringComparison.Ordinal);
        var text = Textarea().Match(page).Groups["text"].Value;
        await scenario.SendFormAsync("/facts/new_fact", new(fields) { ["Input.Value"] = text });
        Assert.Equal(fact["value"]?.ToJsonString(), (await FactAsync(scenario))["value"]?.ToJsonString());
    }

    [Fact]
    public async Task A_role_is_renamed_everywhere_and_removed()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var renamed = await scenario.SendFormAsync(
            "/roles/reviewer",
            new()
            {
                ["Input.Name"] = "Senior critic",
                ["Input.Kind"] = "minion",
                ["Input.Director"] = "true",
            }
        );

        Assert.EndsWith("/edit/roles/senior_critic", renamed.Location, StringComparison.Ordinal);
        Assert.Equal("""["senior_critic"]""", (await scenario.StateAsync("review"))["roles"]!.ToJsonString());
        Assert.True((await scenario.RoleAsync("senior_critic"))["director"]!.GetValue<bool>());
        await scenario.SendFormAsync("/roles/senior_critic", [], handler: "Delete");
        Assert.Contains("Nobody acts in “Review”.", await scenario.ReadFormAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_of_sixty_states_is_drawn_and_takes_no_more()
    {
        var states = string.Concat(
            Enumerable
                .Range(1, 58)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  s{i}: {{type: decision, next: [{{to: {(i < 58 ? $"s{i + 1}" : "done")}}}]}}\n"
                    )
                )
        );
        var answer = await WrittenScenario.ImportAsync(
            republic.Jonas,
            $"republic: scenario/1\nname: Long\nstates:\n  begin: {{type: start, next: [{{to: s1}}]}}\n{states}  done: {{type: end}}\n"
        );
        var scenario = WrittenScenario.Of(republic.Jonas, answer);

        var page = await scenario.ReadFormAsync();
        Assert.Equal(60, Node().Count(page));
        var refused = await scenario.SendFormAsync("/states", new() { ["Input.Name"] = "One more", ["Input.NodeType"] = "end" });
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("A scenario has at most 60 states.", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/states/nowhere", "There is no state “Nowhere”.")]
    [InlineData("/roles/nobody_here", "There is no role “Nobody here”.")]
    [InlineData("/facts/nothing", "There is no fact “Nothing”.")]
    public async Task The_address_of_what_is_called_otherwise_by_now_leads_to_the_editor_which_says_so(string form, string message)
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);

        using var read = await (await scenario.Owner.BrowserAsync()).GetAsync($"/scenarios/{scenario.Id}/edit{form}");

        Assert.Equal($"/scenarios/{scenario.Id}/edit", read.Headers.Location?.ToString());
        Assert.Contains(message, await scenario.ReadFormAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_finds_no_form_and_changes_nothing()
    {
        var hers = await WrittenScenario.MakeAsync(republic.Ada);
        var his = await WrittenScenario.MakeAsync(republic.Jonas);
        var before = await hers.YamlAsync();
        var browser = await republic.Jonas.BrowserAsync();
        var token = Html.Token(await his.ReadFormAsync());

        foreach (var form in new[] { "", "/states", "/states/review", "/roles", "/roles/reviewer", "/facts", "/facts/change" })
        {
            using var read = await browser.GetAsync($"/scenarios/{hers.Id}/edit{form}");
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
            foreach (var handler in form.Contains('/', StringComparison.Ordinal) ? new[] { "", "?handler=Delete" } : [""])
            {
                using var content = new FormUrlEncodedContent(
                    new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["Input.Name"] = "Mine" }
                );
                using var sent = await browser.Http.PostAsync($"/scenarios/{hers.Id}/edit{form}{handler}", content, Ct);
                Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
            }
        }

        Assert.Equal(before, await hers.YamlAsync());
    }

    private static Dictionary<string, string> Review(string field, string value) =>
        new()
        {
            ["Input.Name"] = "Review",
            ["Input.NodeType"] = "approval",
            ["Input.Roles"] = "reviewer",
            ["Input.Prompts[0]"] = "Approve it, or say what must change.",
            ["Input.Audience"] = "present",
            ["Input.Next[0].To"] = "good",
            ["Input.Next[0].Kind"] = "when",
            ["Input.Next[0].Condition"] = "outcome == \"approve\"",
            ["Input.Next[1].To"] = "explain",
            ["Input.Next[1].Kind"] = "when",
            ["Input.Next[1].Condition"] = "visits.explain < 3",
            ["Input.Next[2].To"] = "poor",
            ["Input.Next[2].Kind"] = "else",
            [field] = value,
        };

    private static async Task<JsonNode> FactAsync(WrittenScenario scenario) =>
        (await scenario.ReadAsync())["facts"]!.AsArray().Single(fact => (string?)fact!["name"] == "new_fact")!;

    /// <summary>The conditions in a form, the row that can be added at the end.</summary>
    private static IEnumerable<string> ConditionsOf(string page) => Condition().Matches(page).Select(row => row.Groups["text"].Value);

    [GeneratedRegex("<textarea[^>]*name=\"Input.Value\"[^>]*>\n?(?<text>[^<]*)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Textarea();

    [GeneratedRegex("name=\"Input.Next.\\d+..Condition\"[^>]*>\n?(?<text>.*?)</textarea>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Condition();

    [GeneratedRegex("<a class=\"node\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Node();
}
