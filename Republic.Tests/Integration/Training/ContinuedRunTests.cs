using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs that begin with the weights of the version in use.</summary>
public sealed class ContinuedRunTests(FinishedRun finished) : IClassFixture<FinishedRun>
{
    private readonly TrainingWorld world = finished.World;

    [Fact]
    public async Task A_run_goes_on_from_the_weights_in_use_whatever_rank_is_asked_for_and_says_so()
    {
        var config = Continuing();
        config["lora"]!["rank"] = 4;

        var (job, end) = await RunAsync(finished.MinionId, finished.Dataset, config);

        var (first, second) = (WeightsOf(finished.End), WeightsOf(end));
        Assert.Equal(first["loss_after"]!.GetValue<double>(), second["loss_before"]!.GetValue<double>(), 1e-6);
        Assert.True(second["loss_after"]!.GetValue<double>() <= second["loss_before"]!.GetValue<double>());
        Assert.Equal((null, 1), (first["from_version"]?.GetValue<int>(), second["from_version"]!.GetValue<int>()));
        Assert.Equal((true, 8), (end["config"]!["continues"]!.GetValue<bool>(), end["config"]!["lora"]!["rank"]!.GetValue<int>()));
        Assert.Equal(1, end["report"]!["adapter"]!["from_version"]!.GetValue<int>());
        Assert.Contains(
            "Goes on from version 1: its weights are where the run begins, with their rank of 8 and alpha of 16.",
            await LogAsync(job)
        );
        // Rows earn once: these had made version 1.
        Assert.True(finished.End["report"]!["xp_gained"]!.GetValue<decimal>() > 0);
        Assert.Equal((0m, 0), (end["report"]!["xp_gained"]!.GetValue<decimal>(), end["report"]!["new_rows"]!.GetValue<int>()));
        Assert.Contains("goes on from version 1", await (await world.Jonas.BrowserAsync()).ReadAsync($"/training/{job}"));
    }

    [Fact]
    public async Task A_style_adapter_goes_on_likewise_and_the_first_one_begins_from_the_base()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersTo(_ => "Arr, a fine thing.");
        var minion = await world.Jonas.NewMinionAsync("clerk", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 20);
        var config = Continuing();
        config["base_model"] = "sprout";

        var (first, begun) = await RunAsync(minion.Id, dataset, config.DeepClone().AsObject(), "hybrid");
        // A hybrid run without a collection makes one of its rows, which comes with the version.
        Assert.Equal(
            [1],
            await world.QueryAsync(db =>
                db.CollectionLinks.Where(link => link.MinionId == minion.Id && link.CollectionId == first)
                    .Select(link => link.Version)
                    .ToListAsync(TestContext.Current.CancellationToken)
            )
        );
        var (second, end) = await RunAsync(minion.Id, dataset, config);

        Assert.Equal(("style", "style"), (begun["method"]!.GetValue<string>(), end["method"]!.GetValue<string>()));
        Assert.Contains("The version in use has no weights on sprout, so the run begins from the base.", await LogAsync(first));
        Assert.Contains(await LogAsync(second), line => line.StartsWith("Goes on from version 1:", StringComparison.Ordinal));
        Assert.Null(WeightsOf(begun)["from_version"]?.GetValue<int>());
        Assert.Equal(WeightsOf(begun)["loss_after"]!.GetValue<double>(), WeightsOf(end)["loss_before"]!.GetValue<double>(), 1e-6);
    }

    [Fact]
    public async Task The_form_offers_it_where_the_version_in_use_has_weights()
    {
        var fresh = await world.Jonas.NewMinionAsync("cook");
        var browser = await world.Jonas.BrowserAsync();
        var offered = await browser.ReadAsync($"/training/new?minion={finished.MinionId}");
        Assert.Contains("Input.Continues", offered, StringComparison.Ordinal);
        Assert.DoesNotContain("Input.Continues", await browser.ReadAsync($"/training/new?minion={fresh.Id}"), StringComparison.Ordinal);

        using var answer = await browser.SubmitAsync(
            "/training/new",
            new Dictionary<string, string>
            {
                ["Input.MinionId"] = finished.MinionId.ToString(),
                ["Input.JobName"] = "More of it",
                ["Input.DatasetIds"] = finished.Dataset.ToString(),
                ["Input.Continues"] = "true",
                ["later"] = "true",
            },
            "/training/new"
        );

        Assert.Equal("/training", answer.Headers.Location?.ToString());
        var jobs = (await world.Jonas.Api.GetAsync(TrainingWorld.PathOf(world.Jonas)))["jobs"]!.AsArray();
        var made = jobs.Single(job => job!["job_name"]!.GetValue<string>() == "More of it")!;
        Assert.True(made["config"]!["continues"]!.GetValue<bool>());
        var like = await browser.ReadAsync($"/training/new?like={made["id"]!.GetValue<Guid>()}");
        Assert.Matches("""name="Input.Continues" value="true" checked""", like);
    }

    private static JsonObject Continuing()
    {
        var config = TrainingWorld.Short();
        config["continues"] = true;
        return config;
    }

    private static JsonNode WeightsOf(JsonNode run) => run["steps"]![3]!["output"]!["weights"]!;

    private async Task<(Guid Job, JsonNode End)> RunAsync(Guid minion, Guid dataset, JsonObject config, string type = "lora_only")
    {
        var order = KnowledgeRuns.Order(minion, type, [dataset], [], config);
        var job = (await world.Jonas.Api.PostAsync(TrainingWorld.PathOf(world.Jonas), order))["job"]!["id"]!.GetValue<Guid>();
        await TrainingWorld.StartAsync(world.Jonas, job);
        var end = await TrainingWorld.EndAsync(world.Jonas, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return (job, end);
    }

    private async Task<List<string>> LogAsync(Guid job)
    {
        var lines = await world.QueryAsync(db =>
            db.TrainingEvents.Where(e => e.TrainingJobId == job && e.Kind == "log").Select(e => e.Data).ToListAsync()
        );
        return lines.ConvertAll(line => JsonNode.Parse(line)!["text"]!.GetValue<string>());
    }
}
