using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Training.Calibration;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A person grades what a judge graded, over the API and on the page.</summary>
public sealed class CalibrationTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private const string Path = "/api/training/calibration";
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_answers_are_drawn_by_seed_and_the_judges_points_are_told_only_afterwards()
    {
        var job = await GradedRuns.MakeAsync(world.Jonas);
        var drawn = await DrawAsync(world.Jonas, job, seed: 5);
        var again = await DrawAsync(world.Jonas, job, seed: 5);
        var other = await DrawAsync(world.Jonas, job, seed: 6);

        Assert.Equal(20, Texts(drawn).Count);
        Assert.Equal(Texts(drawn), Texts(again));
        Assert.NotEqual(Texts(drawn), Texts(other));
        Assert.All(Answers(drawn), answer => Assert.Null(answer["judge"]));
        // Four questions three times: all are drawn twice before one is drawn a third time.
        Assert.Equal(
            [2, 2, 3, 3],
            drawn["pairs"]!.AsArray().GroupBy(pair => pair!["question"]!.GetValue<string>()).Select(question => question.Count()).Order()
        );
        // Both versions come first sometimes.
        Assert.Equal(2, Answers(drawn).Where((_, i) => i % 2 == 0).Select(answer => answer["text"]!.GetValue<string>()).Distinct().Count());

        // Five points more than the judge gives, except that the last pair is preferred the other way round.
        List<double> points = [.. Texts(drawn).Select(text => text == "Well, new" ? 85.0 : 65)];
        (points[18], points[19]) = (points[19], points[18]);
        var graded = (await world.Jonas.Api.PostAsync($"{Path}/{drawn["id"]}", new { points }))["calibration"]!;

        var agreement = graded["agreement"]!;
        Assert.Equal(((18 * 5) + 25 + 15) / 20.0, agreement["mean_absolute_difference"]!.GetValue<double>());
        Assert.Equal(0.9, agreement["same_preference"]!.GetValue<double>());
        // Of ten and ten, one of each is the wrong way round.
        Assert.Equal(0.8, agreement["rank_correlation"]!.GetValue<double>(), 9);
        Assert.All(
            Answers(graded),
            answer => Assert.Equal(answer["text"]!.GetValue<string>() == "Well, new" ? 80 : 60, answer["judge"]!.GetValue<double>())
        );
        await world.Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"{Path}/{drawn["id"]}", new { points });
        // The questions and answers are the run's, and go with it.
        await world.Jonas.Api.DeleteAsync(TrainingWorld.PathOf(world.Jonas, $"/{job}"));
        await world.Jonas.Api.ProblemAsync(404, HttpMethod.Get, $"{Path}/{drawn["id"]}");
        Assert.DoesNotContain(job.ToString(), (await world.Jonas.Api.GetAsync(Path)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_is_made_of_a_run_that_is_deleted_at_that_moment()
    {
        var person = await world.NewPersonAsync("Late");
        var job = await GradedRuns.MakeAsync(person);
        Task deleted;
        Task<JsonNode> refused;
        await using (
            var turn = await HeldTurn.TakeAsync(world, db => AdvisoryLocks.TakeAsync(db, person.Id, AdvisoryLocks.TrainingControl, Ct))
        )
        {
            deleted = person.Api.DeleteAsync(TrainingWorld.PathOf(person, $"/{job}"));
            await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            refused = person.Api.ProblemAsync(404, HttpMethod.Post, Path, new { job_id = job });
            await turn.WaitedForAsync(2, "pg_advisory_xact_lock");
        }

        await deleted;
        await refused;
        Assert.Empty((await person.Api.GetAsync(Path))["calibrations"]!.AsArray());
    }

    [Fact]
    public async Task One_person_keeps_a_hundred_and_deletes_them_one_by_one()
    {
        var person = await world.NewPersonAsync("Comparer");
        var job = await GradedRuns.MakeAsync(person);
        var drawn = await DrawAsync(person, job, seed: 1);
        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await world.QueryAsync(db =>
        {
            db.JudgeCalibrations.AddRange(
                Enumerable
                    .Range(1, Calibrations.Most - 1)
                    .Select(i => new JudgeCalibration
                    {
                        OwnerId = person.Id,
                        JudgeId = drawn["judge_minion_id"]!.GetValue<Guid>(),
                        TrainingJobId = job,
                        Seed = i,
                        Pairs = [],
                        CreatedAt = now,
                    })
            );
            return db.SaveChangesAsync();
        });

        var problem = await person.Api.ProblemAsync(409, HttpMethod.Post, Path, new { job_id = job });
        Assert.Contains("Delete some of these first", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await person.Api.DeleteAsync($"{Path}/{drawn["id"]}");
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"{Path}/{drawn["id"]}");
        await DrawAsync(person, job, seed: 2);
    }

    [Fact]
    public async Task What_cannot_be_drawn_or_graded_is_refused_with_the_reason()
    {
        var minion = await world.Ada.NewMinionAsync("plain");
        var dataset = await TrainingWorld.NewDatasetAsync(world.Ada, 10);
        var unstarted = await TrainingWorld.NewJobAsync(world.Ada, minion.Id, [dataset]);
        var problem = await world.Ada.Api.ProblemAsync(409, HttpMethod.Post, Path, new { job_id = unstarted });
        Assert.Contains("this run has 0", problem["detail"]!.GetValue<string>());

        var drawn = await DrawAsync(world.Ada, await GradedRuns.MakeAsync(world.Ada), seed: 1);
        double?[][] wrong =
        [
            [.. Enumerable.Repeat<double?>(50, 19)],
            [.. Enumerable.Repeat<double?>(50, 19), 101],
            new double?[20],
        ];
        foreach (var points in wrong)
        {
            var refused = await world.Ada.Api.ProblemAsync(400, HttpMethod.Post, $"{Path}/{drawn["id"]}", new { points });
            Assert.NotNull(refused["errors"]!["points"]);
        }
    }

    [Fact]
    public async Task The_page_works_as_a_plain_form()
    {
        var job = await GradedRuns.MakeAsync(world.Mira);
        var browser = await world.Mira.BrowserAsync();
        using var drawn = await browser.SubmitAsync(
            "/training/calibration",
            new Dictionary<string, string> { ["Job"] = job.ToString(), ["Seed"] = "3" },
            "calibration"
        );
        Assert.Equal(HttpStatusCode.Redirect, drawn.StatusCode);
        var page = drawn.Headers.Location!.ToString();
        Assert.DoesNotContain("Judge <b>", await browser.ReadAsync(page));

        using var half = await browser.SubmitAsync(page, Points(19), page);
        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
        Assert.Contains("0 to 100 points.", await half.Content.ReadAsStringAsync(Ct));

        using var whole = await browser.SubmitAsync(page, Points(20), page);
        Assert.Equal(HttpStatusCode.Redirect, whole.StatusCode);
        Assert.Contains("Points apart, on average", await browser.ReadAsync(page));
        Assert.Contains("10.0", await browser.ReadAsync("/training/calibration"));

        using var deleted = await browser.SubmitAsync("/training/calibration", new Dictionary<string, string>(), "handler=Delete");
        Assert.Equal(HttpStatusCode.Redirect, deleted.StatusCode);
        Assert.DoesNotContain("What you found", await browser.ReadAsync("/training/calibration"));
    }

    private static Dictionary<string, string> Points(int given) =>
        Enumerable.Range(0, 20).ToDictionary(i => $"Points[{i}]", i => i < given ? "70" : "");

    private static async Task<JsonNode> DrawAsync(Inhabitant person, Guid job, long seed) =>
        (await person.Api.PostAsync(Path, new { job_id = job, seed }))["calibration"]!;

    private static List<JsonNode> Answers(JsonNode calibration) =>
        [.. calibration["pairs"]!.AsArray().SelectMany(pair => new[] { pair!["first"]!, pair["second"]! })];

    private static List<string> Texts(JsonNode calibration) =>
        Answers(calibration).ConvertAll(answer => answer["text"]!.GetValue<string>());
}
