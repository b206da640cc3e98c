using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Scenarios.Definitions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>States, roles and transitions that nobody should send.</summary>
public sealed class ScenarioBadInputTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly string VeryMany = string.Join('+', Enumerable.Repeat("a", 3000));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("states", """{"node_type": "end"}""", "name")]
    [InlineData("states", """{"name": "Say it", "node_type": "end"}""", "name")]
    [InlineData("states", """{"name": "begin", "node_type": "end"}""", "name")]
    [InlineData("states", """{"name": "a\u0000b", "node_type": "end"}""", "name")]
    [InlineData("states", """{"name": "\ud800", "node_type": "end"}""", "name")]
    [InlineData("states", """{"name": "x"}""", "node_type")]
    [InlineData("states", """{"name": "x", "node_type": "loop"}""", "node_type")]
    [InlineData("states", """{"name": "x", "node_type": 1}""", "node_type")]
    [InlineData("states", """{"name": "x", "node_type": "end", "prompts": "Say."}""", "prompts")]
    [InlineData("states", """{"name": "x", "node_type": "end", "prompts": ["a\u0000b"]}""", "prompts[0]")]
    [InlineData("states", """{"name": "x", "node_type": "end", "prompts": ["\udc00"]}""", "prompts")]
    [InlineData("states", """{"name": "x", "node_type": "end", "prompts": [null]}""", "prompts[0]")]
    [InlineData("states", """{"name": "x", "node_type": "end", "roles": ["nobody"]}""", "roles")]
    [InlineData("states", """{"name": "x", "node_type": "end", "roles": [null]}""", "roles")]
    [InlineData("states", """{"name": "x", "node_type": "end", "audience": ["nobody"]}""", "audience")]
    [InlineData("states", """{"name": "x", "node_type": "end", "audience": []}""", "audience")]
    [InlineData("states", """{"name": "x", "node_type": "end", "audience": "some"}""", "audience")]
    [InlineData("states", """{"name": "x", "node_type": "end", "turn": "random"}""", "turn")]
    [InlineData("states", """{"name": "x", "node_type": "end", "rounds": 21}""", "rounds")]
    [InlineData("states", """{"name": "x", "node_type": "end", "timeout_hours": 0}""", "timeout_hours")]
    [InlineData("states", """{"name": "x", "node_type": "end", "result": "draw"}""", "result")]
    [InlineData("states", """{"name": "x", "node_type": "end", "next": [{"to": "nowhere", "kind": "else"}]}""", "next[0].to")]
    [InlineData("states", """{"name": "x", "node_type": "end", "next": [{"to": "done"}]}""", "next[0].kind")]
    [InlineData("states", """{"name": "x", "node_type": "end", "next": [null]}""", "next[0].to")]
    [InlineData("states", """[]""", "")]
    [InlineData("roles", """{}""", "name")]
    [InlineData("roles", """{"name": "9lives"}""", "name")]
    [InlineData("roles", """{"name": "x", "description": "\u0001"}""", "description")]
    [InlineData("roles", """{"name": "x", "model": "a\nb"}""", "model")]
    [InlineData("roles", """{"name": "x", "kind": "dog"}""", "kind")]
    [InlineData("roles", """{"name": "x", "pin": "yes"}""", "pin")]
    [InlineData("roles", """7""", "")]
    [InlineData("transitions", """{}""", "from_state_id")]
    [InlineData("transitions", """{"from_state_id": "begin"}""", "from_state_id")]
    [InlineData("transitions", """{"to_state_id": "01a213f9-36ad-70af-b7a0-96b5dde3c855"}""", "to_state_id")]
    [InlineData("transitions", """{"kind": "sometimes"}""", "kind")]
    [InlineData("transitions", """{"priority": -1}""", "priority")]
    [InlineData("transitions", """[]""", "")]
    public async Task Bad_fields_are_named(string elements, string json, string field)
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas, new { name = "Blank" });
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        using var answer = await scenario.Owner.Api.Http.PostAsync($"{scenario.Path}/{elements}", body, Ct);

        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True((int)answer.StatusCode == 400, $"{(int)answer.StatusCode}\n{text}");
        Assert.NotNull(JsonNode.Parse(text)!["errors"]![field]);
    }

    [Fact]
    public async Task A_draft_grows_no_larger_than_a_text_that_can_be_published()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas, new { name = "Large" });
        object Facts(int count) =>
            new { facts = Enumerable.Range(0, count).Select(i => new { name = $"fact_{i}", value = new string('x', 8000) }) };
        await scenario.Owner.Api.PutAsync(scenario.Path, Facts(30));

        var refused = await scenario.Owner.Api.ProblemAsync(400, HttpMethod.Put, scenario.Path, Facts(40));

        Assert.Contains("262,144 bytes", refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(30, (await scenario.ReadAsync())["facts"]!.AsArray().Count);
        await scenario.PublishAsync();
    }

    [Fact]
    public async Task A_draft_that_is_larger_than_that_from_before_can_be_made_smaller_and_archived()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await republic.QueryAsync(async db =>
        {
            var stored = await db.Scenarios.SingleAsync(s => s.Id == Guid.Parse(scenario.Id), Ct);
            var text = JsonSerializer.SerializeToElement(new string('x', 8000));
            stored.Facts = [.. Enumerable.Range(0, 40).Select(i => new FactDefinition($"fact_{i}", text))];
            return await db.SaveChangesAsync(Ct);
        });

        await scenario.Owner.Api.ProblemAsync(400, HttpMethod.Post, $"{scenario.Path}/roles", new { name = "one_more" });
        await scenario.ChangeStateAsync("review", new { prompts = new[] { "Approve." } });
        await scenario.Owner.Api.PostAsync($"{scenario.Path}/archive");

        Assert.NotNull((string?)(await scenario.ReadAsync())["archived_at"]);
    }

    [Theory]
    [InlineData("/api/scenarios?q=")]
    [InlineData("/api/memories?q=")]
    [InlineData("/api/tasks?q=")]
    public async Task A_search_of_very_many_words_is_answered(string list) =>
        Assert.NotNull(await republic.Jonas.Api.GetAsync($"{list}{VeryMany}"));

    [Fact]
    public async Task Minions_are_searched_for_very_many_words() =>
        Assert.NotEmpty(await (await republic.Jonas.BrowserAsync()).ReadAsync($"/models?q={VeryMany}"));
}
