using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Answers of a run graded by another model, over the wire. The friendly draft says “new”, the minion as it was “old”.</summary>
public sealed class GradingTests(SharedRepublic world) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private readonly FakeVendor vendor = new();
    private readonly FakeVendor judges = new();
    private Inhabitant person = null!;

    public async ValueTask InitializeAsync()
    {
        person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        vendor.AnswersTo(Say);
        judges.AnswersTo(Grade);
    }

    public async ValueTask DisposeAsync()
    {
        await vendor.DisposeAsync();
        await judges.DisposeAsync();
    }

    [Fact]
    public async Task Another_minion_grades_both_versions_in_both_orders_on_held_out_prompts_too()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var judge = await person.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 60);
        var end = await RunAsync(await NewRunAsync(minion, judge, [dataset]));

        var report = end["report"]!;
        Assert.Equal("judge", report["graded_by"]!.GetValue<string>());
        Assert.False(report["self_graded"]!.GetValue<bool>());
        // 60 and 80 points, and ten for the first place, which each has in one of two orders.
        Assert.Equal((65.0, 85.0), (report["before_quality"]!.GetValue<double>(), report["after_quality"]!.GetValue<double>()));
        Assert.Equal("better", report["verdict"]!.GetValue<string>());
        Assert.Equal((20.0, 20.0), (report["interval"]!["low"]!.GetValue<double>(), report["interval"]!["high"]!.GetValue<double>()));
        Assert.True(report["promoted"]!.GetValue<bool>());
        Assert.Equal(4 + 12, report["questions"]!.AsArray().Count);
        Assert.Equal(judge.Id, end["config"]!["judge_minion_id"]!.GetValue<Guid>());
        Assert.Equal(2 * 16, judges.Requests.Count);
        // 4 questions before and after, 3 of the traits, 4 tests, 4 edge cases, and 12 prompts to both.
        Assert.Equal(8 + 11 + 24, vendor.Requests.Count);
        Assert.All(judges.Requests, asked => Assert.Equal("json_schema", asked.Body!["response_format"]!["type"]!.GetValue<string>()));
        var held = judges.Requests.Where(asked => asked.LastMessage!.Contains("[[reference")).ToList();
        Assert.Equal(24, held.Count);
        Assert.All(held, asked => Assert.StartsWith("Arr, the", FakeJudge.Between(asked.LastMessage!, "reference")));
        var graded = end["steps"]![6]!["output"]!["graded"]!["graded"]!.AsArray();
        Assert.All(graded, pair => Assert.Equal(20, pair!["disagreement"]!.GetValue<double>()));
    }

    [Fact]
    public async Task A_judge_that_nobody_chose_is_not_taken_neither_when_the_run_begins_nor_when_one_comes_meanwhile()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        await person.NewMinionAsync("judge", judges);
        vendor.AnswersTo(_ => null);
        var run = await NewRunAsync(minion);
        await TrainingWorld.StartAsync(person, run);
        Assert.Equal("FAILED", (await TrainingWorld.EndAsync(person, run))["status"]!.GetValue<string>());
        await person.NewMinionAsync("newcomer", judges, new JsonObject { ["parameters"] = "70B" });
        vendor.AnswersTo(Say);

        var end = await RunAsync(run);

        Assert.Empty(judges.Requests);
        Assert.DoesNotContain(vendor.Requests, IsGrading);
        Assert.Null(end["config"]!["judge_minion_id"]);
        Assert.Equal("none", end["report"]!["graded_by"]!.GetValue<string>());
        Assert.Contains("No judge was chosen for this run, so nobody grades the answers.", await LogAsync(end));
    }

    [Fact]
    public async Task A_quick_start_asks_no_judge_either()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        await person.NewMinionAsync("judge", judges);
        var made = await person.Api.PostAsync(
            "/api/training/start",
            new JsonObject
            {
                ["reference_minion_id"] = minion.Id,
                ["training_data"] = TrainingWorld.Rows(12),
                ["config"] = Config(judge: null),
            }
        );

        await TrainingWorld.EndAsync(person, made["job_id"]!.GetValue<Guid>());

        Assert.Empty(judges.Requests);
    }

    [Fact]
    public async Task A_minion_that_is_its_own_judge_is_said_to_be()
    {
        var minion = await person.NewMinionAsync("loner", vendor);
        var report = (await RunAsync(await NewRunAsync(minion, minion)))["report"]!;

        Assert.True(report["self_graded"]!.GetValue<bool>());
        Assert.Equal("judge", report["graded_by"]!.GetValue<string>());
        Assert.Equal("too_few", report["verdict"]!.GetValue<string>());
        Assert.Equal(8, vendor.Requests.Count(IsGrading));
    }

    [Fact]
    public async Task The_built_in_model_as_judge_is_refused()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var sprout = await person.NewMinionAsync("sprout");
        var body = new JsonObject
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion.Id,
            ["training_type"] = "lora_only",
            ["config"] = Config(sprout),
        };

        var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, TrainingWorld.PathOf(person), body);

        Assert.True(problem["errors"]!.AsObject().ContainsKey("config.judge_minion_id"));
    }

    [Fact]
    public async Task A_judge_that_cannot_be_read_twice_grades_nothing()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var judge = await person.NewMinionAsync("judge", judges);
        judges.Answers("Both are lovely.");
        var end = await RunAsync(await NewRunAsync(minion, judge));

        var report = end["report"]!;
        Assert.Equal(("none", "not_graded"), (report["graded_by"]!.GetValue<string>(), report["verdict"]!.GetValue<string>()));
        Assert.Null(report["after_quality"]);
        Assert.False(report["promoted"]!.GetValue<bool>());
        // The second of four pairs is one too many, and each was asked twice.
        Assert.Equal(4, judges.Requests.Count);
        Assert.Contains(await LogAsync(end), line => line.StartsWith("Not graded: Judge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_pair_that_is_not_graded_is_left_out_and_no_figure_is_invented()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var judge = await person.NewMinionAsync("judge", judges);
        judges.AnswersTo(asked => FakeJudge.Between(asked.LastMessage!, "question") == "How do you work?" ? "No idea." : Grade(asked));
        var end = await RunAsync(await NewRunAsync(minion, judge));

        var questions = end["report"]!["questions"]!.AsArray().Select(question => question!["text"]!.GetValue<string>()).ToList();
        Assert.Equal(3, questions.Count);
        Assert.DoesNotContain("How do you work?", questions);
        Assert.Equal(65, end["report"]!["before_quality"]!.GetValue<double>());
        Assert.Contains(await LogAsync(end), line => line.StartsWith("Judge graded 3 of 4 pairs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deleted", "First was deleted, so nobody grades")]
    [InlineData("paused", "First is paused, so nobody grades")]
    [InlineData("moved", "First was put on ")]
    public async Task No_other_judge_is_taken_in_the_place_of_one_that_may_not_grade_any_more(string what, string said)
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var first = await person.NewMinionAsync("first", judges);
        await person.NewMinionAsync("second", judges);
        var run = await NewRunAsync(minion, first);
        await (
            what switch
            {
                "deleted" => person.Api.DeleteAsync($"/api/minions/{first.Id}"),
                "paused" => person.Api.PutAsync($"/api/minions/{first.Id}", new { is_active = false }),
                _ => (Task)person.Api.PutAsync($"/api/minions/{first.Id}", new { model_id = "another" }),
            }
        );
        var end = await RunAsync(run);

        Assert.Empty(judges.Requests);
        var report = end["report"]!;
        Assert.Equal("none", report["graded_by"]!.GetValue<string>());
        Assert.Equal("First", report["judges_passed_over"]!.AsArray().Single()!.GetValue<string>());
        Assert.Contains(await LogAsync(end), line => line.StartsWith(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_cannot_be_told_that_it_found_the_judge_that_is_named()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var judge = await person.NewMinionAsync("judge", judges);
        var config = Config(judge);
        config["judge_was_found"] = true;
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [], config);

        Assert.False((await TrainingWorld.JobAsync(person, run))["config"]!["judge_was_found"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_named_judge_that_fails_in_the_middle_is_gone_on_with_and_nothing_is_paid_twice()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var judge = await person.NewMinionAsync("judge", judges);
        judges.AnswersTo(asked => judges.Requests.Count <= 3 ? Grade(asked) : null);
        var run = await NewRunAsync(minion, judge);
        await TrainingWorld.StartAsync(person, run);
        var failed = await TrainingWorld.EndAsync(person, run);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        Assert.StartsWith("Judge, the judge of this run, could not grade.", failed["error_message"]!.GetValue<string>());
        var page = await (await person.BrowserAsync()).ReadAsync($"/training/{run}");
        Assert.Contains("Test Judge on its page: its model has to answer.", page);
        Assert.Contains($"href=\"/models/{judge.Id}\"", page);
        var asked = vendor.Requests.Count;

        judges.AnswersTo(Grade);
        var end = await RunAsync(run);

        Assert.Equal("judge", end["report"]!["graded_by"]!.GetValue<string>());
        Assert.Equal(asked, vendor.Requests.Count);
        // Four pairs in both orders, and the one call that was refused.
        Assert.Equal(8 + 1, judges.Requests.Count);
        Assert.Equal(8, judges.Requests.Select(request => request.LastMessage).Distinct().Count());
    }

    private static string Say(VendorRequest request) =>
        IsGrading(request) ? Grade(request)
        : request.Body!["messages"]![0]!["content"]!.GetValue<string>().Contains("Friendly") ? "new"
        : "old";

    private static string Grade(VendorRequest request) =>
        new FakeJudge(text => text == "new" ? 80 : 60) { Bias = 10 }.Reply(request.LastMessage!);

    private static bool IsGrading(VendorRequest request) => FakeJudge.IsAsked(request.LastMessage!);

    private static JsonObject Config(TestMinion? judge) =>
        new()
        {
            ["loraConfig"] = new JsonObject
            {
                ["selectedTraits"] = new JsonArray("friendly"),
                ["traitIntensities"] = new JsonObject { ["friendly"] = 6 },
            },
            ["repeats"] = 1,
            ["judge_minion_id"] = judge?.Id,
        };

    private Task<Guid> NewRunAsync(TestMinion minion, TestMinion? judge = null, IEnumerable<Guid>? datasets = null) =>
        TrainingWorld.NewJobAsync(person, minion.Id, datasets ?? [], Config(judge));

    private async Task<JsonNode> RunAsync(Guid run)
    {
        await TrainingWorld.StartAsync(person, run);
        var end = await TrainingWorld.EndAsync(person, run);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return end;
    }

    private async Task<List<string>> LogAsync(JsonNode run)
    {
        using var stream = await EventStream.OpenAsync(person.Api.Http, TrainingWorld.PathOf(person, $"/{run["id"]}/events"), null);
        List<string> lines = [];
        while (await stream.NextAsync() is { } one)
        {
            if (one.Name == "log")
            {
                lines.Add(one.Data["text"]!.GetValue<string>());
            }
        }

        return lines;
    }
}
