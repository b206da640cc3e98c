using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>Scenarios as text: into the app, out of it, and what is wrong with them.</summary>
public sealed class ScenarioYamlTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Review = EpisodeScenarios.CodeReview;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_becomes_a_scenario_and_its_canonical_text_the_same_one_again()
    {
        var answer = await WrittenScenario.ImportAsync(republic.Jonas, Review);

        Assert.DoesNotContain(answer["problems"]!.AsArray(), IsError);
        var scenario = WrittenScenario.Of(republic.Jonas, answer);
        Assert.Equal("Code review 5 5 2", Figures(answer["scenario"]!));
        Assert.Equal((0.5m, 20), (answer["scenario"]!["max_cost"]!.GetValue<decimal>(), answer["scenario"]!["max_turns"]!.GetValue<int>()));
        Assert.Equal("outcome == \"approve\"", (string?)(await scenario.TransitionsAsync("review"))[0]["condition"]);

        var canonical = await scenario.YamlAsync();
        var again = WrittenScenario.Of(republic.Jonas, await WrittenScenario.ImportAsync(republic.Jonas, canonical));
        Assert.Equal(canonical, await again.YamlAsync());
        Assert.NotEqual(scenario.Id, again.Id);
    }

    [Fact]
    public async Task The_canonical_text_is_a_download_that_is_called_as_the_scenario()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.PublishAsync();

        using var draft = await republic.Jonas.Api.SendAsync(HttpMethod.Get, $"{scenario.Path}/yaml");
        using var version = await republic.Jonas.Api.SendAsync(HttpMethod.Get, $"{scenario.Path}/yaml?version=1");

        Assert.Equal("application/yaml; charset=utf-8", draft.Content.Headers.ContentType!.ToString());
        Assert.Equal(("attachment", "code-review.yaml"), Disposition(draft));
        Assert.Equal(("attachment", "code-review-v1.yaml"), Disposition(version));
        Assert.Equal(await draft.Content.ReadAsStringAsync(Ct), await version.Content.ReadAsStringAsync(Ct));
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"{scenario.Path}/yaml?version=2");
        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"{scenario.Path}/yaml?version=0");
        await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"{scenario.Path}/yaml?version=first");
    }

    [Fact]
    public async Task Every_template_is_read_without_problems_and_published()
    {
        var templates = (await republic.Jonas.Api.GetAsync($"{WrittenScenario.All}/templates"))["templates"]!.AsArray();
        Assert.Equal(4, templates.Count);
        foreach (var template in templates)
        {
            var answer = await WrittenScenario.ImportAsync(republic.Jonas, (string)template!["yaml"]!);

            Assert.Equal("[]", answer["problems"]!.ToJsonString());
            var scenario = WrittenScenario.Of(republic.Jonas, answer);
            Assert.Equal((string?)template["yaml"], await scenario.YamlAsync());
            Assert.Equal(1, await scenario.PublishAsync());
        }
    }

    [Fact]
    public async Task A_text_with_errors_makes_nothing_and_says_where_each_stands()
    {
        var person = await republic.NewPersonAsync("Misspeller");
        var wrong = Review
            .Replace("roles: [reviewer]", "roles: [editor]", StringComparison.Ordinal)
            .Replace("{to: poor, else: true}", "{to: nowhere, else: true}", StringComparison.Ordinal);

        var refused = await WrittenScenario.ImportAsync(person, wrong, status: 422);

        var errors = refused["problems"]!.AsArray().Where(IsError).ToList();
        var lines = wrong.Split('\n');
        var role = errors.Find(error => LineOf(error) == Array.FindIndex(lines, line => line.Contains("editor")) + 1);
        Assert.StartsWith("states.review", (string?)role?["path"], StringComparison.Ordinal);
        Assert.True(role!["column"]!.GetValue<int>() > 1);
        Assert.Contains("“Editor”", (string?)role["message"], StringComparison.Ordinal);
        Assert.Contains(errors, error => LineOf(error) == Array.FindIndex(lines, line => line.Contains("nowhere")) + 1);
        Assert.Equal(422, refused["status"]!.GetValue<int>());
        Assert.Empty((await person.Api.GetAsync(WrittenScenario.All))["scenarios"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words")]
    [InlineData("{}")]
    [InlineData("states: [")]
    [InlineData("republic: scenario/1\nname: \"a\\0b\"\nstates: {begin: {type: start, next: [{to: done}]}, done: {type: end}}")]
    [InlineData("republic: scenario/1\nname: \"a\\ud800b\"\nstates: {begin: {type: start, next: [{to: done}]}, done: {type: end}}")]
    public async Task What_is_no_scenario_is_refused_with_a_problem(string yaml)
    {
        var refused = await WrittenScenario.ImportAsync(republic.Jonas, yaml, status: 422);

        Assert.Contains(refused["problems"]!.AsArray(), IsError);
        Assert.NotEmpty((string?)refused["detail"] ?? "");
    }

    [Fact]
    public async Task A_text_that_is_no_utf_8_or_too_large_is_refused_in_words()
    {
        byte[] latin = [.. Encoding.UTF8.GetBytes(Review), .. "\n# caf"u8, 0xE9];
        byte[] large = [.. Encoding.UTF8.GetBytes(Review), (byte)'\n', .. Enumerable.Repeat((byte)'#', 256 * 1024)];

        await SendAsync(
            Encoding.UTF8.GetBytes(Review.Replace("Wrote", "Wr\0te", StringComparison.Ordinal)),
            "application/yaml",
            status: 422
        );
        var encoding = await SendAsync(latin, "application/yaml", status: 422);
        var size = await SendAsync(large, "application/yaml", status: 422);

        Assert.Contains("UTF-8", (string?)encoding["problems"]![0]!["message"], StringComparison.Ordinal);
        Assert.Contains("more than 262,144 bytes", (string?)size["problems"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal(1, LineOf(encoding["problems"]![0]));
        Assert.Equal(1, LineOf(size["problems"]![0]));
    }

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("application/yaml; charset=utf-8")]
    [InlineData("text/yaml")]
    [InlineData("text/plain")]
    [InlineData("application/x-yaml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task The_type_that_a_text_is_sent_with_does_not_matter(string? type)
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Review)];

        var answer = await SendAsync(marked, type, status: 201);

        Assert.Equal("Code review 5 5 2", Figures(answer["scenario"]!));
    }

    [Fact]
    public async Task A_file_beside_a_text_is_refused_and_the_text_is_kept()
    {
        var browser = await republic.Jonas.BrowserAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Html.Token(await browser.ReadAsync("/scenarios/new"))), "__RequestVerificationToken" },
            { new StringContent("name: Typed by hand"), "Input.Yaml" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(Review)), "file", "review.yaml" },
        };

        using var refused = await browser.Http.PostAsync("/scenarios/new?handler=Import", form, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Contains("A file and a text were sent.", page, StringComparison.Ordinal);
        Assert.Contains("name: Typed by hand", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_replaces_the_draft_and_what_keeps_its_name_keeps_its_id()
    {
        var scenario = WrittenScenario.Of(republic.Jonas, await WrittenScenario.ImportAsync(republic.Jonas, Review));
        var (review, role) = ((string?)(await scenario.StateAsync("review"))["id"], (string?)(await scenario.RoleAsync("reviewer"))["id"]);
        var shorter = Review
            .Replace("name: Code review", "name: Short review", StringComparison.Ordinal)
            .Replace("{to: poor, else: true}", "{to: good, else: true}", StringComparison.Ordinal)
            .Replace("  poor: {type: end, result: failure}", "", StringComparison.Ordinal);

        var answer = await scenario.ReplaceAsync(shorter);

        Assert.Equal("Short review 4 5 2", Figures(answer["scenario"]!));
        Assert.Equal(scenario.Id, (string?)answer["scenario"]!["id"]);
        Assert.Equal(review, (string?)(await scenario.StateAsync("review"))["id"]);
        Assert.Equal(role, (string?)(await scenario.RoleAsync("reviewer"))["id"]);
        var before = await scenario.YamlAsync();
        await scenario.ReplaceAsync(shorter.Replace("type: approval", "type: applause", StringComparison.Ordinal), status: 422);
        Assert.Equal(before, await scenario.YamlAsync());
    }

    [Fact]
    public async Task A_draft_with_errors_is_kept_checked_and_not_published()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        Assert.Equal("[]", (await scenario.Owner.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.ToJsonString());
        await scenario.ChangeStateAsync("explain", new { roles = Array.Empty<string>() });

        var problems = (await scenario.Owner.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.AsArray();
        var errors = problems.Where(IsError).ToList();
        Assert.Contains(errors, error => ((string?)error!["path"])!.StartsWith("states.explain", StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Null(error!["line"]));
        var refused = await scenario.Owner.Api.ProblemAsync(422, HttpMethod.Post, $"{scenario.Path}/publish");
        Assert.Equal(problems.ToJsonString(), refused["problems"]!.ToJsonString());
        Assert.Empty((await scenario.Owner.Api.GetAsync($"{scenario.Path}/versions"))["versions"]!.AsArray());
    }

    private Task<JsonNode> SendAsync(byte[] text, string? type, int status) =>
        WrittenScenario.SendAsync(republic.Jonas, HttpMethod.Post, $"{WrittenScenario.All}/yaml", text, type, status);

    private static (string?, string?) Disposition(HttpResponseMessage answer) =>
        (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName);

    private static string Figures(JsonNode scenario) =>
        $"{scenario["name"]} {scenario["state_count"]} {scenario["transition_count"]} {scenario["role_count"]}";

    private static int? LineOf(JsonNode? problem) => (int?)problem!["line"];

    private static bool IsError(JsonNode? problem) => (string?)problem!["severity"] == "error";
}
