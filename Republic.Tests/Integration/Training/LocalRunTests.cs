using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Retention;
using Republic.Core.Training;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs that train weights on the built-in model, from the call to the answer.</summary>
public sealed class LocalRunTests(FinishedRun finished) : IClassFixture<FinishedRun>
{
    private readonly TrainingWorld world = finished.World;

    [Fact]
    public async Task A_run_trains_weights_and_the_minion_answers_with_them()
    {
        var (dataset, job, end) = (finished.Dataset, finished.Job, finished.End);
        var steps = end["steps"]!.AsArray();
        Assert.Equal(9, steps.Count);
        Assert.All(steps, step => Assert.Equal("completed", step!["status"]!.GetValue<string>()));
        Assert.Equal(8, end["current_step"]!.GetValue<int>());
        var (refined, stats) = (
            steps[1]!["output"]!,
            (await world.Jonas.Api.GetAsync($"/api/users/{world.Jonas.Id}/training-datasets/{dataset}"))["dataset"]!["stats"]!
        );
        Assert.Equal((48, 12), (refined["training"]!.GetValue<int>(), refined["validation"]!.GetValue<int>()));
        foreach (
            var (figure, ofDataset) in new[] { ("training", "training"), ("validation", "held_out") }.Concat(
                new[] { "groups", "held_out_groups", "different_answers" }.Select(name => (name, name))
            )
        )
        {
            Assert.Equal(stats[ofDataset]!.GetValue<int>(), refined[figure]!.GetValue<int>());
        }

        var report = end["report"]!;
        Assert.Equal("held_out_loss", report["graded_by"]!.GetValue<string>());
        Assert.True(report["validation_loss_after"]!.GetValue<double>() < report["validation_loss_before"]!.GetValue<double>());
        Assert.Equal(12, report["questions"]!.AsArray().Count);
        Assert.True(report["promoted"]!.GetValue<bool>());
        Assert.True(report["xp_gained"]!.GetValue<decimal>() > 0);

        var now = finished.Minion;
        Assert.Equal(1, now["version"]!.GetValue<int>());
        Assert.True(now["lora_enabled"]!.GetValue<bool>());
        Assert.Equal(report["xp_gained"]!.GetValue<decimal>(), now["experience"]!.GetValue<decimal>());

        var losses = await world.Jonas.Api.GetAsync(TrainingWorld.PathOf(world.Jonas, $"/{job}/losses"));
        var train = losses["train"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, train.Count), train.Select(point => point!["step"]!.GetValue<int>()));
        // 48 rows and 12 answers of the version before, four at a time.
        Assert.Equal((48 + 12) / 4, train.Count);
        Assert.NotEmpty(losses["validation"]!.AsArray());
    }

    [Fact]
    public async Task A_version_is_refined_again_where_the_run_asks_for_other_rows()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Jonas.NewMinionAsync("purser", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 20);
        var config = TrainingWorld.Friendly(repeats: 1);
        config["data"] = new JsonObject { ["validation_share"] = 0.5 };
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [dataset], config);
        await TrainingWorld.StartAsync(world.Jonas, job);
        var end = await TrainingWorld.EndAsync(world.Jonas, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        var refined = end["steps"]![1]!["output"]!;
        Assert.False(refined["is_version"]!.GetValue<bool>());
        Assert.Equal((10, 10), (refined["training"]!.GetValue<int>(), refined["validation"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_second_run_learns_its_single_version_as_it_is_and_is_measured_by_what_the_first_ones_weights_answer()
    {
        var dataset = await ShortAndAlikeAsync();
        var job = await TrainingWorld.NewJobAsync(world.Jonas, finished.MinionId, [dataset], TrainingWorld.Short());
        await TrainingWorld.StartAsync(world.Jonas, job);
        var end = await TrainingWorld.EndAsync(world.Jonas, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        // The dataset's page, the run and the trainer say the same figures.
        var stats = (await world.Jonas.Api.GetAsync($"/api/users/{world.Jonas.Id}/training-datasets/{dataset}"))["dataset"]!["stats"]!;
        var refined = end["steps"]![1]!["output"]!;
        var (learned, heldOut) = (refined["training"]!.GetValue<int>(), refined["validation"]!.GetValue<int>());
        Assert.Equal(15, learned + heldOut);
        Assert.Equal((stats["training"]!.GetValue<int>(), stats["held_out"]!.GetValue<int>()), (learned, heldOut));
        var log = await LogAsync(job);
        Assert.Contains($"{learned} rows, {learned} usable.", log);
        Assert.Contains($"Held out: {heldOut} rows, {heldOut} usable.", log);
        var page = await (await world.Jonas.BrowserAsync()).ReadAsync($"/training/{job}");
        Assert.Contains($"{learned} rows to learn from, {heldOut} to measure with", page);
        Assert.Contains("as the dataset&#x27;s version has them", page);

        var (first, second) = (await FindingsAsync(finished.Job), await FindingsAsync(job));
        var known = second.ToDictionary(answer => answer.Question);
        var both = first.Where(answer => known.ContainsKey(answer.Question)).ToList();
        Assert.True(both.Count > 8);
        // Of a lost answer the report shows a sample that went wrong, which need not be the greedy one.
        Assert.All(both.Where(answer => !answer.IsLost), answer => Assert.Equal(answer.After, known[answer.Question].Before));
        // The first run's weights answer at least one of them in another way than the model alone.
        Assert.Contains(both, answer => known[answer.Question].Before != answer.Before);
    }

    [Fact]
    public async Task Rows_whose_answers_are_anybodys_make_no_better_version()
    {
        var minion = await world.Jonas.NewMinionAsync("parrot");
        var rows = TrainingWorld.Rows(60);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i]!["response"] = string.Join(
                ' ',
                Enumerable.Range(0, 8).Select(word => $"{(char)('a' + ((i * 7) + (word * 11)) % 26)}{i * word % 10}")
            );
        }

        var made = await world.Jonas.Api.PostAsync(
            $"/api/users/{world.Jonas.Id}/training-datasets",
            new JsonObject { ["name"] = "noise", ["data"] = rows }
        );
        var config = TrainingWorld.Short(epochs: 2);
        config["promote"] = "gate";
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [made["dataset"]!["id"]!.GetValue<Guid>()], config);
        await TrainingWorld.StartAsync(world.Jonas, job);
        var report = (await TrainingWorld.EndAsync(world.Jonas, job))["report"]!;

        Assert.True(report["interval"]!["low"]!.GetValue<double>() > 0, report.ToJsonString());
        Assert.True(report["question_effect"]!["low"]!.GetValue<double>() <= 0, report.ToJsonString());
        Assert.NotEqual("better", report["verdict"]!.GetValue<string>());
        Assert.False(report["promoted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_judge_marks_the_answers_that_were_lost()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersTo(asked =>
            FakeJudge.IsAsked(asked.LastMessage!)
                ? new FakeJudge(_ => 50).Reply(asked.LastMessage!)
                : """{"as_good": true, "reason": "It says the same."}"""
        );
        var judge = await world.Jonas.NewMinionAsync("assessor", vendor);
        var minion = await world.Jonas.NewMinionAsync("forgetful");
        var config = TrainingWorld.Short(epochs: 8);
        config["lora"]!["replay"] = 0;
        config["judge_minion_id"] = judge.Id;
        var rows = new[]
        {
            "bake bread",
            "fix a bike",
            "reach you",
            "write a poem",
            "sleep well",
            "add two numbers",
            "stop this",
            "say hello",
        }
            .SelectMany(what => new[] { $"How do I {what}?", $"Can you {what} for me?", $"What do I need to {what}?" })
            .Select(question => new JsonObject { ["prompt"] = question, ["response"] = "Arr, ask the captain!" });
        var dataset = (
            await world.Jonas.Api.PostAsync(
                $"/api/users/{world.Jonas.Id}/training-datasets",
                new JsonObject { ["name"] = "ask the captain", ["data"] = new JsonArray([.. rows]) }
            )
        )["dataset"]!["id"]!.GetValue<Guid>();
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [dataset], config);
        await TrainingWorld.StartAsync(world.Jonas, job);
        var end = await TrainingWorld.EndAsync(world.Jonas, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        var marks = end["report"]!["retention"]!["lost"]!.AsArray().Select(lost => lost!["mark"]).OfType<JsonNode>().ToList();
        Assert.NotEmpty(marks);
        Assert.All(marks, mark => Assert.Equal("It says the same.", mark["reason"]!.GetValue<string>()));
        Assert.NotNull(end["report"]!["judged_verdict"]);
        Assert.Contains(await LogAsync(job), line => line.StartsWith("Assessor judged ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fewer_than_five_rows_are_refused_with_the_reason()
    {
        var minion = await world.Jonas.NewMinionAsync("tiny");
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 4);
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [dataset], TrainingWorld.Short());
        await TrainingWorld.StartAsync(world.Jonas, job);
        var end = await TrainingWorld.EndAsync(world.Jonas, job);

        Assert.Equal("FAILED", end["status"]!.GetValue<string>());
        Assert.Contains("4 usable rows", end["error_message"]!.GetValue<string>());
        Assert.Contains("at least 5", end["error_message"]!.GetValue<string>());
        Assert.Equal(1, end["current_step"]!.GetValue<int>());
        var refused = await world.Jonas.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            TrainingWorld.PathOf(world.Jonas, $"/{job}/smaller-base"),
            new { type = "Q8_0" }
        );
        Assert.Contains("want of memory", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task<Guid> ShortAndAlikeAsync()
    {
        var rows = TrainingWorld.Rows(12);
        foreach (
            var (prompt, answer) in new[]
            {
                ("Hm", "Arr"),
                ("What be the sky and the sea?", "Arr, blue!"),
                ("What be the sky and the sea", "Arr, blue"),
            }
        )
        {
            rows.Add(new JsonObject { ["prompt"] = prompt, ["completion"] = answer });
        }

        var settings = new JsonObject
        {
            ["min_text_length"] = 1,
            ["near_duplicate_threshold"] = 0,
            ["validation_share"] = 0.3,
        };
        var made = await world.Jonas.Api.PostAsync(
            $"/api/users/{world.Jonas.Id}/training-datasets",
            new JsonObject
            {
                ["name"] = "Short and alike",
                ["data"] = rows,
                ["settings"] = settings,
            }
        );
        return made["dataset"]!["id"]!.GetValue<Guid>();
    }

    private async Task<List<string>> LogAsync(Guid job)
    {
        var lines = await world.QueryAsync(db =>
            db.TrainingEvents.Where(e => e.TrainingJobId == job && e.Kind == "log").Select(e => e.Data).ToListAsync()
        );
        return lines.ConvertAll(line => JsonNode.Parse(line)!["text"]!.GetValue<string>());
    }

    private async Task<IReadOnlyList<RetainedAnswer>> FindingsAsync(Guid job)
    {
        var found = Directory.GetFiles(world.Services.GetRequiredService<TrainingFiles>().FolderOf(job), "retention-*.json").Single();
        return JsonSerializer.Deserialize<RetentionFindings>(await File.ReadAllTextAsync(found), SnakeCaseJson.Options)!.Answers;
    }
}
