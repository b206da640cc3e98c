using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Lora;
using Republic.Core.Lora.Progress;
using Republic.Core.Training;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs whose node is killed, and that the other one finishes.</summary>
[Collection(nameof(KillableNodes))]
public sealed class KillTests(KillableNodes nodes) : IAsyncLifetime
{
    private Inhabitant mira = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => mira = await nodes.NewPersonAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Killed_between_a_question_and_its_answer_a_run_is_finished_by_the_other_node_which_asks_that_one_again_and_no_other()
    {
        await using var vendor = new FakeVendor();
        var minion = await mira.NewMinionAsync("clerk", vendor);
        var job = await TrainingWorld.NewJobAsync(mira, minion.Id, [], TrainingWorld.Friendly(repeats: 2));
        vendor.Hangs();
        await TrainingWorld.StartAsync(mira, job);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        vendor.Answers("Hello there, glad to help you.");

        await KillHolderAsync(job);
        await EndAsync(job);

        // 4 questions twice, before and after; 3 of the traits, 4 tests and 4 edge cases; and the one that was in flight.
        Assert.Equal(8 + 3 + 8 + 8 + 1, vendor.Requests.Count);
        var keys = vendor.Requests.Select(request => request.Headers["Idempotency-Key"]).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        var known = await nodes.ColumnAsync($"select id::text from training_calls where training_job_id = '{job}'");
        Assert.Equal(keys.Order(), known.Order());
        Assert.Equal(
            ["1"],
            await nodes.ColumnAsync($"select count(*)::text from training_calls where training_job_id = '{job}' and answer is null")
        );
        Assert.Equal(
            Enumerable.Range(0, 9).Select(i => $"{i} completed"),
            await nodes.ColumnAsync(
                $"""
                select data->>'index' || ' completed' from training_events
                where training_job_id = '{job}' and kind = 'step' and data->>'status' = 'completed' order by id
                """
            )
        );
    }

    [Fact]
    public async Task Killed_while_it_trains_weights_a_run_ends_with_the_same_weights_the_same_losses_and_its_experience_once()
    {
        const int Rows = 12;
        var minion = await mira.NewMinionAsync("bosun");
        var dataset = await TrainingWorld.NewDatasetAsync(mira, Rows);
        var config = TrainingWorld.Short(epochs: 4);
        config["lora"]!["rank"] = 4;
        var job = await TrainingWorld.NewJobAsync(mira, minion.Id, [dataset], config);
        await TrainingWorld.StartAsync(mira, job);
        await Until.TrueAsync(async () => (await EventsAsync(job, "loss")).Count > 3);

        await KillHolderAsync(job);
        var end = await EndAsync(job);

        var log = (await EventsAsync(job, "log")).Select(line => JsonNode.Parse(line)!["text"]!.GetValue<string>());
        var further = Assert.Single(log, line => line.StartsWith("Goes on after step", StringComparison.Ordinal)).TrimEnd('.').Split(' ');
        Assert.InRange(Number(further[4]), 1, Number(further[6]) - 1);
        var (calm, losses) = await UndisturbedAsync(job);
        Assert.Equal(
            calm,
            Assert.Single(await nodes.ColumnAsync($"select adapter_sha256 from minion_versions where training_job_id = '{job}'"))
        );
        Assert.Equal(losses, (await EventsAsync(job, "loss")).Select(Point).OrderBy(point => point.Kind).ThenBy(point => point.Step));
        var report = end["report"]!;
        var earned = report["xp_gained"]!.GetValue<decimal>();
        Assert.True(earned > 0, report.ToJsonString());
        Assert.Equal(Rows, report["new_rows"]!.GetValue<int>());
        var now = (await mira.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        Assert.Equal((earned, 1), (now["experience"]!.GetValue<decimal>(), now["version"]!.GetValue<int>()));
        Assert.Equal([$"{Rows}"], await nodes.ColumnAsync($"select trained_rows::text from minions where id = '{minion.Id}'"));
        // The minion as it was, and the run's.
        Assert.Equal(["2"], await nodes.ColumnAsync($"select count(*)::text from minion_versions where minion_id = '{minion.Id}'"));

        static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
        static LossPoint Point(string json) => JsonSerializer.Deserialize<LossPoint>(json, TrainingJson.Options)!;
    }

    [Fact]
    public async Task Killed_between_building_its_collection_and_the_end_of_that_step_a_run_finds_it_and_makes_no_second_one()
    {
        var dataset = await TrainingWorld.NewDatasetAsync(mira, 6);
        var minion = await mira.NewMinionAsync("clerk");
        var order = KnowledgeRuns.Order(minion.Id, "rag_only", [dataset], [], KnowledgeRuns.Quick());
        var job = (await mira.Api.PostAsync(TrainingWorld.PathOf(mira), order))["job"]!["id"]!.GetValue<Guid>();
        await nodes.ColumnAsync(
            $"""
            create function slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(3); return new; end $$;
            create trigger slowly before update on training_steps for each row
              when (new.training_job_id = '{job}' and new.index = 3 and new.status = 'Completed') execute function slowly()
            """
        );
        try
        {
            await TrainingWorld.StartAsync(mira, job);
            await Until.TrueAsync(async () => (await CollectionsAsync()).Contains($"{job}"));

            await KillHolderAsync(job);
            await EndAsync(job);
        }
        finally
        {
            await nodes.ColumnAsync("drop trigger slowly on training_steps; drop function slowly()");
        }

        Assert.Equal(
            ["2"],
            await nodes.ColumnAsync($"select attempts::text from training_steps where training_job_id = '{job}' and index = 3")
        );
        Assert.Equal([job.ToString()], await CollectionsAsync());
        Assert.Equal(["6"], await nodes.ColumnAsync($"select count(*)::text from passages where owner_id = '{mira.Id}'"));
        Assert.Equal(
            [job.ToString()],
            await nodes.ColumnAsync($"select collection_id::text from collection_links where minion_id = '{minion.Id}'")
        );
    }

    /// <summary>What the run's own rows, prompts and settings come to when nothing disturbs it, trained in this process.</summary>
    private async Task<(string Adapter, IEnumerable<LossPoint> Losses)> UndisturbedAsync(Guid job)
    {
        var output = Assert.Single(
            await nodes.ColumnAsync($"select output::text from training_steps where training_job_id = '{job}' and index = 3")
        );
        var folder = Path.Combine(nodes.DataFolder, "training", $"{job}");
        // Its file's name is in the weights, too.
        var adapter = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "calm")).FullName, "adapter.gguf");
        var run = new LoraRun(GgufMutations.SproutPath, Path.Combine(folder, "learned.jsonl"), adapter)
        {
            Settings = JsonSerializer.Deserialize<EnhancedModel>(output, TrainingJson.Options)!.Weights!.Settings,
            ReplayPath = Path.Combine(folder, "replay.jsonl"),
            HeldOutPath = Path.Combine(folder, "held-out.jsonl"),
        };
        Heard heard = new();
        await Task.Run(() => LoraTrainer.Run(run, heard, TimeProvider.System, Ct), Ct);
        var trained = heard
            .Of<StepCompleted>()
            .Select(step => new LossPoint("train", step.Step, step.Loss, step.Tokens, step.LearningRate));
        var validated = heard
            .Of<ValidationDone>()
            .Select(measured => new LossPoint("validation", measured.Step, measured.Loss, null, null));
        return (Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(adapter, Ct))), [.. trained, .. validated]);
    }

    /// <summary>Kills it, and waits until the other one has taken the run.</summary>
    private async Task KillHolderAsync(Guid job)
    {
        await nodes.KillHolderAsync(job);
        mira = mira.At(nodes.Address);
        await Until.TrueAsync(async () => await nodes.StartsOfAsync(job) == 2);
    }

    private async Task<JsonNode> EndAsync(Guid job)
    {
        var end = await TrainingWorld.EndAsync(mira, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return end;
    }

    private Task<List<string>> EventsAsync(Guid job, string kind) =>
        nodes.ColumnAsync($"select data::text from training_events where training_job_id = '{job}' and kind = '{kind}' order by id");

    private Task<List<string>> CollectionsAsync() => nodes.ColumnAsync($"select id::text from collections where owner_id = '{mira.Id}'");
}
