using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

public sealed class ScenarioVersionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_version_stays_as_it_is_whatever_becomes_of_the_draft()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var draft = await scenario.YamlAsync();

        Assert.Equal(1, await scenario.PublishAsync());
        Assert.Equal(1, await scenario.PublishAsync());
        Assert.Equal(1, (await scenario.ReadAsync())["version"]!.GetValue<int>());
        await scenario.ChangeStateAsync("explain", new { prompts = new[] { "Say it in one sentence." } });
        Assert.Equal(2, await scenario.PublishAsync());

        var first = await VersionAsync(scenario, 1);
        Assert.Equal(draft, (string?)first["yaml"]);
        Assert.Equal(draft, await scenario.YamlAsync(version: 1));
        Assert.NotEqual(draft, (string?)(await VersionAsync(scenario, 2))["yaml"]);
        Assert.Equal((scenario.Id, 64), ((string?)first["scenario_id"], ((string?)first["sha256"])!.Length));
        Assert.Equal("5 5 2", $"{first["state_count"]} {first["transition_count"]} {first["role_count"]}");
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Get, $"{scenario.Path}/versions/3");
    }

    [Fact]
    public async Task An_earlier_version_becomes_the_draft_again()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.PublishAsync();
        await scenario.ChangeRoleAsync("reviewer", new { name = "critic" });
        await scenario.Owner.Api.PutAsync(scenario.Path, new { name = "Criticism", max_turns = 7 });
        await scenario.PublishAsync();

        var restored = (await scenario.Owner.Api.PostAsync($"{scenario.Path}/versions/1/restore"))["scenario"]!;

        Assert.Equal("Code review 20 2", $"{restored["name"]} {restored["max_turns"]} {restored["version"]}");
        Assert.Equal(await scenario.YamlAsync(version: 1), await scenario.YamlAsync());
        Assert.Equal(3, await scenario.PublishAsync());
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Post, $"{scenario.Path}/versions/9/restore");
    }

    [Fact]
    public async Task Versions_are_listed_page_by_page_the_newest_first()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        for (var turns = 1; turns <= 3; turns++)
        {
            await scenario.Owner.Api.PutAsync(scenario.Path, new { max_turns = turns });
            await scenario.PublishAsync();
        }

        var first = await scenario.Owner.Api.GetAsync($"{scenario.Path}/versions?limit=2");
        var second = await scenario.Owner.Api.GetAsync($"{scenario.Path}/versions?limit=2&cursor={first["next_cursor"]}");

        Assert.Equal([3, 2], Numbers(first));
        Assert.Equal([1], Numbers(second));
        Assert.Null(second["next_cursor"]);
        Assert.Null(first["versions"]![0]!["yaml"]);
        await scenario.Owner.Api.ProblemAsync(400, HttpMethod.Get, $"{scenario.Path}/versions?cursor=made-up");
    }

    [Fact]
    public async Task Versions_are_compared_with_each_other_and_with_the_draft()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.PublishAsync();
        await scenario.Owner.Api.PutAsync(scenario.Path, new { max_turns = 7 });
        await scenario.PublishAsync();
        await scenario.ChangeStateAsync("explain", new { prompts = new[] { "Say it in one sentence." } });

        var two = await CompareAsync(scenario, "from=1&to=2");
        Assert.Equal("1 2", $"{two["from"]} {two["to"]}");
        var turns = Assert.Single(two["differences"]!.AsArray())!;
        Assert.Equal("limits.turns 20 7", $"{turns["path"]} {turns["before"]} {turns["after"]}");

        var draft = await CompareAsync(scenario, "from=2");
        Assert.Null(draft["to"]);
        var prompts = Assert.Single(draft["differences"]!.AsArray())!;
        Assert.Equal("states.explain.prompts Say it in one sentence.", $"{prompts["path"]} {prompts["after"]}");
        Assert.Empty((await CompareAsync(scenario, "from=2&to=2"))["differences"]!.AsArray());

        var missing = await scenario.Owner.Api.ProblemAsync(400, HttpMethod.Get, $"{scenario.Path}/versions/compare");
        Assert.NotNull(missing["errors"]!["from"]);
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Get, $"{scenario.Path}/versions/compare?from=1&to=3");
    }

    [Fact]
    public async Task What_was_not_changed_is_no_difference_although_it_went_through_the_database()
    {
        object[] facts =
        [
            new { name = "list", value = new object[] { "a", 1.50, true } },
            new { name = "number", value = 0.10 },
            new
            {
                name = "text",
                value = "12",
                known_to = "all",
            },
        ];
        var scenario = await WrittenScenario.MakeAsync(
            republic.Jonas,
            new
            {
                name = "Facts",
                facts,
                max_cost = 0.5,
            }
        );
        await scenario.PublishAsync();

        Assert.Empty((await CompareAsync(scenario, "from=1"))["differences"]!.AsArray());
    }

    [Fact]
    public async Task The_head_says_whether_the_draft_is_what_was_published()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        Assert.Contains(" · not published</p>", await scenario.ReadFormAsync(), StringComparison.Ordinal);
        await scenario.PublishAsync();
        Assert.Contains(" · version 1</p>", await scenario.ReadFormAsync(), StringComparison.Ordinal);

        await scenario.ChangeStateAsync("explain", new { description = "Later words." });
        Assert.Contains(" · draft, changed since version 1</p>", await scenario.ReadFormAsync(), StringComparison.Ordinal);
        await scenario.ChangeStateAsync("explain", new { description = (string?)null });
        Assert.Contains(" · version 1</p>", await scenario.ReadFormAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Six_who_publish_at_once_make_one_version()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scenario.Owner.Api.SendAsync(HttpMethod.Post, $"{scenario.Path}/publish")));

        Assert.Equal([1], Numbers(await scenario.Owner.Api.GetAsync($"{scenario.Path}/versions")));
    }

    private static async Task<JsonNode> VersionAsync(WrittenScenario scenario, int number) =>
        (await scenario.Owner.Api.GetAsync($"{scenario.Path}/versions/{number}"))["version"]!;

    private static Task<JsonNode> CompareAsync(WrittenScenario scenario, string query) =>
        scenario.Owner.Api.GetAsync($"{scenario.Path}/versions/compare?{query}");

    private static IEnumerable<int> Numbers(JsonNode list) =>
        list["versions"]!.AsArray().Select(version => version!["number"]!.GetValue<int>());
}
