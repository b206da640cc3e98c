using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Answers of a run graded by another model, over the wire. The friendly draft says “new”, the minion as it was “old”.</summary>
public sealed class GradingTests(TrainingWorld world) : IClassFixture<TrainingWorld>, IAsyncLifetime
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
        var end = await RunAsync(await NewRunAsync(minion, datasets: [dataset]));

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
    public async Task Without_another_one_the_minion_grades_itself_and_the_built_in_model_is_never_asked()
    {
        var minion = await person.NewMinionAsync("loner", vendor);
        await person.NewMinionAsync("sprout");
        var report = (await RunAsync(await NewRunAsync(minion)))["report"]!;

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
    public async Task The_larger_model_grades_where_several_could()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        await person.NewMinionAsync("small", judges, new JsonObject { ["parameters"] = "8B" });
        var large = await person.NewMinionAsync("large", judges, new JsonObject { ["parameters"] = "70B" });
        await person.NewMinionAsync("unsaid", judges);
        var end = await RunAsync(await NewRunAsync(minion));

        Assert.Equal(large.Id, end["config"]!["judge_minion_id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task A_judge_that_cannot_be_read_twice_grades_nothing()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        await person.NewMinionAsync("judge", judges);
        judges.Answers("Both are lovely.");
        var end = await RunAsync(await NewRunAsync(minion));

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
        await person.NewMinionAsync("judge", judges);
        judges.AnswersTo(asked => FakeJudge.Between(asked.LastMessage!, "question") == "How do you work?" ? "No idea." : Grade(asked));
        var end = await RunAsync(await NewRunAsync(minion));

        var questions = end["report"]!["questions"]!.AsArray().Select(question => question!["text"]!.GetValue<string>()).ToList();
        Assert.Equal(3, questions.Count);
        Assert.DoesNotContain("How do you work?", questions);
        Assert.Equal(65, end["report"]!["before_quality"]!.GetValue<double>());
        Assert.Contains(await LogAsync(end), line => line.StartsWith("Judge graded 3 of 4 pairs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_judge_that_was_deleted_meanwhile_is_replaced_and_that_is_said()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        var first = await person.NewMinionAsync("first", judges);
        var run = await NewRunAsync(minion, first);
        var second = await person.NewMinionAsync("second", judges);
        await person.Api.DeleteAsync($"/api/minions/{first.Id}");
        var end = await RunAsync(run);

        Assert.Equal(second.Id, end["config"]!["judge_minion_id"]!.GetValue<Guid>());
        Assert.Equal("judge", end["report"]!["graded_by"]!.GetValue<string>());
        Assert.Contains(await LogAsync(end), line => line.StartsWith("The judge of this run was deleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_judge_that_the_run_found_and_that_cannot_be_reached_is_passed_over_for_the_next_and_that_is_said()
    {
        await using var other = new FakeVendor();
        other.AnswersTo(Grade);
        var minion = await person.NewMinionAsync("clerk", vendor);
        await person.NewMinionAsync("first", judges, new JsonObject { ["parameters"] = "70B" });
        var second = await person.NewMinionAsync("second", other, new JsonObject { ["parameters"] = "8B" });
        judges.AnswersTo(asked => judges.Requests.Count <= 3 ? Grade(asked) : null);
        var end = await RunAsync(await NewRunAsync(minion));

        Assert.Equal(second.Id, end["config"]!["judge_minion_id"]!.GetValue<Guid>());
        var report = end["report"]!;
        Assert.Equal("judge", report["graded_by"]!.GetValue<string>());
        Assert.Equal("First", report["judges_passed_over"]!.AsArray().Single()!.GetValue<string>());
        // Grades of two judges are not mixed: the second one has every pair, in both orders.
        Assert.Equal(8, other.Requests.Count);
        var log = await LogAsync(end);
        Assert.Contains(
            log,
            line => line.StartsWith("First could not grade.", StringComparison.Ordinal) && line.Contains("Refused by the test")
        );
        Assert.Contains("Second grades the answers.", log);
        Assert.Contains("First could not be reached to grade", await (await person.BrowserAsync()).ReadAsync($"/training/{end["id"]}"));
    }

    [Fact]
    public async Task Where_no_judge_can_be_reached_nothing_is_graded_and_the_report_names_them()
    {
        var minion = await person.NewMinionAsync("clerk", vendor);
        await person.NewMinionAsync("judge", judges);
        judges.AnswersTo(_ => null);
        vendor.AnswersTo(asked => IsGrading(asked) ? null : Say(asked));
        var end = await RunAsync(await NewRunAsync(minion));

        var report = end["report"]!;
        Assert.Equal(("none", "not_graded"), (report["graded_by"]!.GetValue<string>(), report["verdict"]!.GetValue<string>()));
        Assert.Equal(["Judge", "Clerk"], report["judges_passed_over"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Contains("Judge and Clerk could not be reached", report["conclusion"]!.GetValue<string>());
        Assert.Contains("Nobody is left who could grade the answers.", await LogAsync(end));
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
