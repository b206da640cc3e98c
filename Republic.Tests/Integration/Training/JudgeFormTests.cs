using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>The judge is named and chosen before a run or a schedule is made.</summary>
public sealed class JudgeFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Inhabitant person = null!;
    private TestMinion pupil = null!;
    private TestMinion judge = null!;
    private Guid dataset;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        pupil = await person.NewMinionAsync("pupil");
        judge = await person.NewMinionAsync("ada", more: OpenAi());
        dataset = await TrainingWorld.NewDatasetAsync(person, 12);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_form_proposes_the_most_capable_other_minion_and_says_where_it_runs_and_what_it_may_cost()
    {
        var page = await (await person.BrowserAsync()).ReadAsync($"/training/new?minion={pupil.Id}");

        Assert.Contains("Ada grades the answers with gpt-4o-mini.", page);
        Assert.Contains("leave this machine, to OpenAI.", page);
        Assert.Matches(@"\d+ calls, and up to 60 more if it forgets, about \$0\.\d+ where an answer has 200 tokens", page);
        Assert.Matches("leaves to OpenAI[^<]* proposed</option>", page);
        Assert.Contains("""<option value="">Nobody</option>""", page);
    }

    [Fact]
    public async Task One_that_could_grade_itself_is_graded_by_another()
    {
        await person.NewMinionAsync("ben", more: OpenAi());

        var page = await (await person.BrowserAsync()).ReadAsync($"/training/new?minion={judge.Id}");

        Assert.Contains("Ben grades the answers with gpt-4o-mini.", page);
    }

    [Fact]
    public async Task One_that_has_no_key_is_not_proposed()
    {
        var other = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        var trained = await other.NewMinionAsync("pupil");
        var keyless = OpenAi();
        keyless.Remove("api_key");
        await other.NewMinionAsync("lea", more: keyless);
        var browser = await other.BrowserAsync();
        Assert.DoesNotContain("Lea grades", await browser.ReadAsync($"/training/new?minion={trained.Id}"));

        await other.NewMinionAsync("ada", more: OpenAi());

        Assert.Contains("Ada grades the answers", await browser.ReadAsync($"/training/new?minion={trained.Id}"));
    }

    [Fact]
    public async Task A_run_whose_judge_has_no_key_is_refused_before_anything_is_trained_and_starts_once_it_has_one()
    {
        var keyless = OpenAi();
        keyless.Remove("api_key");
        var clara = await person.NewMinionAsync("clara", more: keyless);
        var run = await TrainingWorld.NewJobAsync(person, pupil.Id, [dataset], new JsonObject { ["judge_minion_id"] = clara.Id });
        var browser = await person.BrowserAsync();

        var form = await browser.ReadAsync($"/training/new?like={run}");
        Assert.Contains("Clara cannot be asked just now, so the run would not start.", Foot(form), StringComparison.Ordinal);
        var problem = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/start"));
        var said = problem["detail"]!.GetValue<string>();
        Assert.StartsWith("Clara, the judge of this run, cannot be asked. OpenAI needs an API key.", said, StringComparison.Ordinal);
        Assert.Contains("make a new run with another judge or nobody", said, StringComparison.Ordinal);
        using (var refused = await browser.SubmitAsync($"/training/{run}", new Dictionary<string, string>(), "handler=Start"))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("Clara, the judge of this run", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        Assert.Equal("PENDING", (await TrainingWorld.JobAsync(person, run))["status"]!.GetValue<string>());
        await person.Api.PutAsync($"/api/minions/{clara.Id}", new { api_key = "sk-test" });
        await TrainingWorld.StartAsync(person, run);
        await TrainingWorld.StopAsync(person, run);
    }

    [Fact]
    public async Task Where_nobody_grades_no_number_of_times_is_said()
    {
        var other = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        var trained = await other.NewMinionAsync("pupil");

        var page = await (await other.BrowserAsync()).ReadAsync($"/training/new?minion={trained.Id}");

        Assert.Contains("Nobody grades the answers; promoted if it is better", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_run_has_the_judge_that_was_chosen_in_the_form_or_none()
    {
        var browser = await person.BrowserAsync();
        foreach (var chosen in new Guid?[] { null, judge.Id })
        {
            var name = $"Run {chosen}";
            using var made = await browser.SubmitAsync(
                $"/training/new?minion={pupil.Id}",
                new Dictionary<string, string>
                {
                    ["Input.MinionId"] = pupil.Id.ToString(),
                    ["Input.JobName"] = name,
                    ["Input.DatasetIds"] = dataset.ToString(),
                    ["Input.JudgeMinionId"] = chosen?.ToString() ?? "",
                    ["later"] = "true",
                },
                "/training/new"
            );

            var jobs = (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray();
            var run = jobs.Single(job => job!["job_name"]!.GetValue<string>() == name.Trim())!;
            Assert.Equal(chosen, run["config"]!["judge_minion_id"]?.GetValue<Guid>());
        }
    }

    [Fact]
    public async Task A_run_keeps_what_its_judge_ran_on_and_a_configuration_that_names_another_is_refused()
    {
        var config = new JsonObject { ["judge_minion_id"] = judge.Id };
        var run = await TrainingWorld.NewJobAsync(person, pupil.Id, [dataset], config);

        var kept = (await TrainingWorld.JobAsync(person, run))["config"]!;
        Assert.Equal("openai/gpt-4o-mini", kept["judge_model"]!.GetValue<string>());
        var problem = await person.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            TrainingWorld.PathOf(person),
            new JsonObject
            {
                ["job_name"] = "Another",
                ["minion_id"] = pupil.Id,
                ["training_type"] = "lora_only",
                ["dataset_ids"] = new JsonArray(dataset),
                ["config"] = new JsonObject { ["judge_minion_id"] = judge.Id, ["judge_model"] = "local/qwen" },
            }
        );
        Assert.True(problem["errors"]!.AsObject().ContainsKey("config.judge_minion_id"));
    }

    [Fact]
    public async Task A_schedule_without_a_judge_says_that_nobody_grades_and_where_to_choose_one()
    {
        var made = await person.Api.PostAsync(
            $"/api/users/{person.Id}/training-schedules",
            new JsonObject
            {
                ["name"] = "Weekly",
                ["minion_id"] = pupil.Id,
                ["dataset_ids"] = new JsonArray(dataset),
                ["day"] = "sunday",
                ["at"] = "03:00",
            }
        );
        var id = made["schedule"]!["id"]!.GetValue<Guid>();
        var browser = await person.BrowserAsync();

        Assert.Contains("Nobody grades its runs.", await browser.ReadAsync("/training"));
        var form = await browser.ReadAsync($"/training/schedules/{id}");
        Assert.Contains("Nobody grades the answers of these runs.", form);

        using var saved = await browser.SubmitAsync(
            $"/training/schedules/{id}",
            new Dictionary<string, string>
            {
                ["Input.Name"] = "Weekly",
                ["Input.MinionId"] = pupil.Id.ToString(),
                ["Input.DatasetIds"] = dataset.ToString(),
                ["Input.Day"] = "sunday",
                ["Input.At"] = "03:00",
                ["Input.TimeZone"] = "UTC",
                ["Input.JudgeMinionId"] = judge.Id.ToString(),
            },
            $"/training/schedules/{id}"
        );
        var config = (await person.Api.GetAsync($"/api/users/{person.Id}/training-schedules/{id}"))["schedule"]!["config"]!;
        Assert.Equal(judge.Id, config["judge_minion_id"]!.GetValue<Guid>());
        Assert.Equal("openai/gpt-4o-mini", config["judge_model"]!.GetValue<string>());
        Assert.DoesNotContain("Nobody grades its runs.", await browser.ReadAsync("/training"));
    }

    private static string Foot(string page) => page.Split("id=\"judge-foot\"")[1].Split("</p>")[0];

    private static JsonObject OpenAi() =>
        new()
        {
            ["provider"] = "openai",
            ["model_id"] = "gpt-4o-mini",
            ["api_key"] = "sk-test",
        };
}
