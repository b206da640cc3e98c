using Republic.Core.Scenarios.Yaml;
using Republic.Tests.Architecture;
using Republic.Tests.World;
using Republic.Web.Cli;

namespace Republic.Tests.Integration.Cli;

/// <summary>The scenario and the episodes of the demo.</summary>
public sealed class DemoEpisodesTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_demo_plays_a_review_to_its_end_and_leaves_one_turn_however_often_it_runs()
    {
        var person = await republic.NewPersonAsync("Shower");
        var api = new DemoClient(person.Api.Http);

        await DemoEpisodes.RunAsync(api);
        await DemoEpisodes.RunAsync(api);

        Assert.Single((await person.Api.GetAsync(WrittenScenario.All))["scenarios"]!.AsArray());
        var episodes = (await person.Api.GetAsync(PlayedEpisode.All))["episodes"]!.AsArray();
        Assert.Equal(["COMPLETED", "COMPLETED", "RUNNING"], episodes.Select(one => (string?)one!["status"]).Order(StringComparer.Ordinal));
        var waiting = new PlayedEpisode(person, (string)episodes.Single(one => (bool)one!["waits_for_me"]!)!["id"]!);
        Assert.Equal("reviewer", (string?)(await waiting.ReadAsync())["waiting_for"]![0]);
        var ended = new PlayedEpisode(person, (string)episodes.First(one => (string?)one!["status"] == "COMPLETED")!["id"]!);
        var end = await ended.ReadAsync();
        Assert.Equal((4, "success"), (end["steps"]!.AsArray().Count, (string?)end["result"]));
        Assert.All(end["steps"]!.AsArray(), step => Assert.NotEqual("", (string?)step!["generated_text"]));
    }

    [Fact]
    public async Task The_demo_has_the_scenario_that_the_documentation_shows()
    {
        using var reader = new StreamReader(typeof(DemoEpisodes).Assembly.GetManifestResourceStream("demo-review.yaml")!);
        var yaml = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var page = await File.ReadAllTextAsync(
            Path.Combine(SourceFile.Root, "docs", "scenarios.md"),
            TestContext.Current.CancellationToken
        );

        Assert.Contains($"```yaml\n{yaml}```", page, StringComparison.Ordinal);
        Assert.Equal(yaml, ScenarioYaml.Write(ScenarioYaml.Read(yaml).Definition!));
    }
}
