using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Editing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

public sealed class ScenarioTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_windows_of_its_owner_hear_of_each_change()
    {
        var person = await republic.NewPersonAsync("Listener");
        using var live = republic.Services.GetRequiredService<LiveEvents>().Subscribe(person.Id);
        var scenario = await WrittenScenario.MakeAsync(person);
        await scenario.AddStateAsync(new { name = "wait", node_type = "decision" });
        await person.Api.DeleteAsync(scenario.Path);

        List<LiveEvent> heard = [];
        await Until.TrueAsync(async () =>
        {
            heard.AddRange((await live.NextAsync(TimeSpan.FromSeconds(5), Ct)).Items.Select(item => item.Event));
            return heard.Count(e => e.Name == ScenarioChanges.Changed) >= 3;
        });
        Assert.All(heard.Where(e => e.Name == ScenarioChanges.Changed), e => Assert.Equal(scenario.Id, e.Subject.ToString()));
    }

    [Fact]
    public async Task A_person_has_at_most_a_thousand()
    {
        var person = await republic.NewPersonAsync("Collector");
        await using (var scope = republic.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RepublicDb>();
            var now = TimeProvider.System.GetUtcNow();
            db.AddRange(
                Enumerable
                    .Range(0, ScenarioEditor.Most)
                    .Select(i => new Scenario
                    {
                        OwnerId = person.Id,
                        Name = $"Scenario {i}",
                        CreatedAt = now,
                        UpdatedAt = now,
                        SettingsUpdatedAt = now,
                    })
            );
            await db.SaveChangesAsync(Ct);
        }

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, WrittenScenario.All, new { name = "One more" });
        Assert.Contains("1,000", (string?)refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_begins_and_ends_at_once_and_is_changed_field_by_field()
    {
        var person = await republic.NewPersonAsync("Author");
        object[] facts =
        [
            new
            {
                name = "leak",
                value = "Line 12",
                known_to = new[] { "reviewer" },
            },
            new
            {
                name = "lines",
                value = 40,
                known_to = "all",
            },
            new { name = "hidden", value = new object[] { 1, true, "x" } },
        ];
        var scenario = await WrittenScenario.MakeAsync(
            person,
            new
            {
                name = " Code review ",
                description = "Reads a change.",
                learner_role = "developer",
                facts,
                max_turns = 20,
                max_minutes = 30,
                max_cost = 0.5,
                max_tokens = 5_000_000_000,
            }
        );

        var made = await scenario.ReadAsync();
        Assert.Equal(("Code review", "developer"), (Text(made, "name"), Text(made, "learner_role")));
        Assert.Equal(person.Id, made["created_by"]!.GetValue<Guid>());
        Assert.Equal((2, 1, 0), (Number(made, "state_count"), Number(made, "transition_count"), Number(made, "role_count")));
        Assert.Equal((20, 30), (Number(made, "max_turns"), Number(made, "max_minutes")));
        Assert.Equal((0.5m, 5_000_000_000), (made["max_cost"]!.GetValue<decimal>(), made["max_tokens"]!.GetValue<long>()));
        Assert.Null(made["version"]);
        Assert.Equal("""["reviewer"]""", made["facts"]![0]!["known_to"]!.ToJsonString());
        Assert.Equal(("all", 40), (Text(made["facts"]![1]!, "known_to"), Number(made["facts"]![1]!, "value")));
        Assert.Equal(3, made["facts"]![2]!["value"]!.AsArray().Count);
        Assert.Null(made["facts"]![2]!["known_to"]);

        var changed = (await person.Api.PutAsync(scenario.Path, new { description = (string?)null, max_turns = 30 }))["scenario"]!;
        Assert.Equal(("Code review", 30, 30), (Text(changed, "name"), Number(changed, "max_turns"), Number(changed, "max_minutes")));
        Assert.Null(changed["description"]);
        Assert.Equal(3, changed["facts"]!.AsArray().Count);
        var stale = new { name = "Late", settings_updated_at = Text(made, "settings_updated_at") };
        await person.Api.ProblemAsync(409, HttpMethod.Put, scenario.Path, stale);
        await person.Api.PutAsync(scenario.Path, new { name = "In time", settings_updated_at = Text(changed, "settings_updated_at") });

        await person.Api.DeleteAsync(scenario.Path);
        await person.Api.ProblemAsync(404, HttpMethod.Get, scenario.Path);
        await person.Api.ProblemAsync(404, HttpMethod.Delete, scenario.Path);
    }

    [Fact]
    public async Task They_are_listed_page_by_page_found_by_words_and_put_into_the_archive()
    {
        var person = await republic.NewPersonAsync("Lister");
        foreach (var name in new[] { "Debate about trains", "Interview", "Debate about 100 % of planes" })
        {
            await WrittenScenario.MakeAsync(person, new { name });
        }

        var first = await person.Api.GetAsync($"{WrittenScenario.All}?limit=2");
        Assert.Equal(["Debate about 100 % of planes", "Interview"], Names(first));
        var second = await person.Api.GetAsync($"{WrittenScenario.All}?limit=2&cursor={Text(first, "next_cursor")}");
        Assert.Equal(["Debate about trains"], Names(second));
        Assert.Null(second["next_cursor"]);
        Assert.Equal(["Debate about trains"], Names(await person.Api.GetAsync($"{WrittenScenario.All}?q=TRAINS%20debate")));
        Assert.Equal(["Debate about 100 % of planes"], Names(await person.Api.GetAsync($"{WrittenScenario.All}?q=%25")));

        var interview = new WrittenScenario(person, Text(first["scenarios"]![1]!, "id")!);
        Assert.NotNull((await person.Api.PostAsync($"{interview.Path}/archive"))["scenario"]!["archived_at"]);
        Assert.DoesNotContain("Interview", Names(await person.Api.GetAsync(WrittenScenario.All)));
        Assert.Equal(["Interview"], Names(await person.Api.GetAsync($"{WrittenScenario.All}?archived=true")));
        Assert.Null((await person.Api.PostAsync($"{interview.Path}/restore"))["scenario"]!["archived_at"]);
        Assert.Equal(3, Names(await person.Api.GetAsync(WrittenScenario.All)).Count());
    }

    [Fact]
    public async Task A_copy_has_the_same_draft_and_no_versions()
    {
        var person = await republic.NewPersonAsync("Copier");
        var scenario = await WrittenScenario.MakeAsync(person);
        await scenario.PublishAsync();

        var answer = await person.Api.PostAsync($"{scenario.Path}/duplicate");

        var copy = WrittenScenario.Of(person, answer);
        Assert.Equal(("Code review (copy)", 5), (Text(answer["scenario"]!, "name"), Number(answer["scenario"]!, "state_count")));
        Assert.Null(answer["scenario"]!["version"]);
        Assert.Equal(Nameless(await scenario.YamlAsync()), Nameless(await copy.YamlAsync()));
        await copy.ChangeStateAsync("explain", new { name = "tell" });
        Assert.Equal("explain", Text(await scenario.StateAsync("explain"), "name"));

        var longest = await WrittenScenario.MakeAsync(person, new { name = new string('x', 120) });
        var cut = await person.Api.PostAsync($"{longest.Path}/duplicate");
        Assert.Equal(new string('x', 113) + " (copy)", Text(cut["scenario"]!, "name"));
    }

    [Fact]
    public async Task A_template_is_a_beginning_that_sent_fields_are_laid_over()
    {
        var person = await republic.NewPersonAsync("Starter");

        var listed = (await person.Api.GetAsync($"{WrittenScenario.All}/templates"))["templates"]!.AsArray();
        Assert.Equal(["code-review", "debate", "interview", "research"], listed.Select(one => Text(one!, "key")));
        Assert.Equal(["proposer", "opponent", "judge"], listed[1]!["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Contains("arguments", listed[1]!["states"]!.AsArray().Select(state => (string?)state));

        var debate = await (await WrittenScenario.MakeAsync(person, new { template = "debate" })).ReadAsync();
        Assert.Equal(("Debate", "proposer", 12), (Text(debate, "name"), Text(debate, "learner_role"), Number(debate, "max_turns")));
        var named = await WrittenScenario.MakeAsync(
            person,
            new
            {
                template = "debate",
                name = "Trains",
                max_turns = 5,
            }
        );
        var mine = await named.ReadAsync();
        Assert.Equal(
            ("Trains", Text(debate, "description"), 5),
            (Text(mine, "name"), Text(mine, "description"), Number(mine, "max_turns"))
        );
        Assert.Equal(6, Number(mine, "state_count"));
        Assert.Equal(1, await named.PublishAsync());
    }

    [Fact]
    public async Task A_form_that_is_sent_four_times_at_once_makes_one()
    {
        var person = await republic.NewPersonAsync("Doubler");
        var known = FormId.Of(person.Id, Guid.CreateVersion7());

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateAsync(person, known)));

        Assert.Equal(known, Assert.Single(made.Distinct()));
        Assert.Single(Names(await person.Api.GetAsync(WrittenScenario.All)));
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name": " "}""", "name")]
    [InlineData("""{"name": "a\nb"}""", "name")]
    [InlineData("""{"name": "a\u0000b"}""", "name")]
    [InlineData("""{"name": "\ud800"}""", "name")]
    [InlineData("""{"name": 7}""", "name")]
    [InlineData("""{"name": "N", "description": "a\u0000b"}""", "description")]
    [InlineData("""{"name": "N", "description": "a\udc00b"}""", "description")]
    [InlineData("""{"name": "N", "learner_role": "The developer"}""", "learner_role")]
    [InlineData("""{"name": "N", "max_turns": 0}""", "max_turns")]
    [InlineData("""{"name": "N", "max_turns": 1001}""", "max_turns")]
    [InlineData("""{"name": "N", "max_turns": "many"}""", "max_turns")]
    [InlineData("""{"name": "N", "max_minutes": 1441}""", "max_minutes")]
    [InlineData("""{"name": "N", "max_cost": -0.01}""", "max_cost")]
    [InlineData("""{"name": "N", "max_cost": 1e30}""", "max_cost")]
    [InlineData("""{"name": "N", "max_tokens": 0}""", "max_tokens")]
    [InlineData("""{"name": "N", "settings_updated_at": "soon"}""", "settings_updated_at")]
    [InlineData("""{"name": "N", "facts": {"leak": 1}}""", "facts")]
    [InlineData("""{"name": "N", "facts": [{"name": "Leak", "value": 1}]}""", "facts[0].name")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": 1}, {"name": "leak", "value": 2}]}""", "facts[1].name")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak"}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": {"line": 12}}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": [[1]]}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": "a\u0000b"}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": "\ud800"}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": ["x", "\udc00"]}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": 1e999999}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": 1e-999999}]}""", "facts[0].value")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": 1, "known_to": "present"}]}""", "facts[0].known_to")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": 1, "known_to": "nobody"}]}""", "facts")]
    [InlineData("""{"name": "N", "facts": [{"name": "leak", "value": 1, "known_to": ["A role"]}]}""", "facts[0].known_to")]
    [InlineData("""{"template": "chess"}""", "template")]
    [InlineData("""{"template": "debate", "name": ""}""", "name")]
    [InlineData("""[]""", "")]
    public async Task Bad_fields_are_named(string json, string field)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await republic.Jonas.Api.Http.PostAsync(WrittenScenario.All, body, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);

        Assert.True((int)answer.StatusCode == 400, $"{(int)answer.StatusCode}\n{text}");
        Assert.NotNull(JsonNode.Parse(text)!["errors"]![field]);
    }

    [Fact]
    public async Task A_scenario_has_a_hundred_facts_and_no_more()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas, new { name = "Full" });
        object[] facts = [.. Enumerable.Range(0, 101).Select(i => new { name = $"fact_{i}", value = i })];

        var refused = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Put, scenario.Path, new { facts });
        Assert.NotNull(refused["errors"]!["facts"]);

        await republic.Jonas.Api.PutAsync(scenario.Path, new { facts = facts[..100] });
        Assert.Equal(100, (await scenario.ReadAsync())["facts"]!.AsArray().Count);
    }

    private async Task<Guid> CreateAsync(Inhabitant person, Guid? known)
    {
        await using var scope = republic.Services.CreateAsyncScope();
        var editor = scope.ServiceProvider.GetRequiredService<ScenarioEditor>();
        var made = await editor.CreateAsync(person.Id, new ScenarioInput { Name = "Once" }, known, Ct);
        Assert.True(made.Ok, made.Failure?.Message);
        return made.Value;
    }

    private static IEnumerable<string> Nameless(string yaml) =>
        yaml.Split('\n').Where(line => !line.StartsWith("name:", StringComparison.Ordinal));

    private static IEnumerable<string?> Names(JsonNode list) => list["scenarios"]!.AsArray().Select(scenario => Text(scenario!, "name"));

    private static string? Text(JsonNode node, string field) => (string?)node[field];

    private static int Number(JsonNode node, string field) => node[field]!.GetValue<int>();
}
