using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>Scenarios and accounts: nobody comes upon those of somebody else, and they go with their owner.</summary>
public sealed class ScenarioAccountTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_a_stranger_there_is_none_whatever_they_send()
    {
        var hers = await WrittenScenario.MakeAsync(republic.Ada);
        await hers.PublishAsync();
        var before = await PictureAsync(hers);
        var state = (string)(await hers.StateAsync("review"))["id"]!;
        var role = (string)(await hers.RoleAsync("reviewer"))["id"]!;
        var transition = (string)(await hers.TransitionsAsync())[0]!["id"]!;
        string[] lists = ["states", "roles", "transitions"];
        string[] single = ["", $"/states/{state}", $"/roles/{role}", $"/transitions/{transition}"];
        foreach (var body in new object[] { new { name = "taken" }, new { name = 5 }, new[] { 1 } })
        {
            foreach (var list in lists)
            {
                await RefusedAsync(HttpMethod.Post, $"{hers.Path}/{list}", body);
            }

            foreach (var path in single)
            {
                await RefusedAsync(HttpMethod.Put, hers.Path + path, body);
            }

            await RefusedAsync(HttpMethod.Put, $"{hers.Path}/yaml", body);
        }

        foreach (var path in single)
        {
            await RefusedAsync(HttpMethod.Get, hers.Path + path);
            await RefusedAsync(HttpMethod.Delete, hers.Path + path);
        }

        string[] more = [.. lists, "yaml", "yaml?version=1", "versions?cursor=made-up", "versions/1", "versions/compare"];
        foreach (var path in more)
        {
            await RefusedAsync(HttpMethod.Get, $"{hers.Path}/{path}");
        }

        foreach (var action in new[] { "archive", "restore", "duplicate", "check", "publish", "versions/1/restore" })
        {
            await RefusedAsync(HttpMethod.Post, $"{hers.Path}/{action}");
        }

        Assert.Empty((await republic.Jonas.Api.GetAsync(WrittenScenario.All))["scenarios"]!.AsArray());
        Assert.Equal(before, await PictureAsync(hers));
    }

    [Fact]
    public async Task Elements_of_another_scenario_are_not_found_in_ones_own()
    {
        var (one, other) = (await WrittenScenario.MakeAsync(republic.Ada), await WrittenScenario.MakeAsync(republic.Ada));
        foreach (var (elements, id) in new[] { ("states", await other.StateAsync("review")), ("roles", await other.RoleAsync("reviewer")) })
        {
            var path = $"{one.Path}/{elements}/{(string?)id["id"]}";
            await one.Owner.Api.ProblemAsync(404, HttpMethod.Get, path);
            await one.Owner.Api.ProblemAsync(404, HttpMethod.Put, path, new { description = "taken" });
            await one.Owner.Api.ProblemAsync(404, HttpMethod.Delete, path);
        }
    }

    [Fact]
    public async Task An_account_goes_with_all_of_its_scenarios()
    {
        var person = await republic.NewPersonAsync("Leaver");
        var scenario = await WrittenScenario.MakeAsync(person);
        await scenario.PublishAsync();
        var id = Guid.Parse(scenario.Id);

        await republic.QueryAsync(db => db.Citizens.Where(c => c.Id == person.Id).ExecuteDeleteAsync(Ct));

        var left = await republic.QueryAsync(async db =>
            new[]
            {
                await db.Scenarios.CountAsync(s => s.Id == id, Ct),
                await db.ScenarioStates.CountAsync(s => s.ScenarioId == id, Ct),
                await db.AgentRoles.CountAsync(r => r.ScenarioId == id, Ct),
                await db.StateTransitions.CountAsync(t => t.ScenarioId == id, Ct),
                await db.ScenarioVersions.CountAsync(v => v.ScenarioId == id, Ct),
            }
        );
        Assert.Equal([0, 0, 0, 0, 0], left);
    }

    private Task RefusedAsync(HttpMethod verb, string path, object? body = null) => republic.Jonas.Api.ProblemAsync(404, verb, path, body);

    private static async Task<string> PictureAsync(WrittenScenario scenario) =>
        string.Join('\n', await scenario.ReadAsync(), await scenario.YamlAsync(), await scenario.YamlAsync(version: 1));
}
