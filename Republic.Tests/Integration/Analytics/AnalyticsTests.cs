using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Analytics;

/// <summary>Figures that were planted come back as they are, and what nobody knows is not made up.</summary>
public sealed class AnalyticsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private const string Days = "from=2026-03-01&to=2026-03-31";

    [Theory]
    [InlineData("analytics", "to=9999-12-31")]
    [InlineData("analytics.csv", "from=9999-12-31&to=9999-12-31")]
    [InlineData("usage", "to=0001-01-01")]
    [InlineData("usage.csv", "from=9999-12-31")]
    public async Task Days_at_the_end_of_time_are_refused(string report, string query)
    {
        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"/api/users/{republic.Jonas.Id}/{report}?{query}");

        Assert.Contains("from 2000 to 2999", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_tokens_cost_and_experience_are_summed_by_day_and_minion()
    {
        var person = await republic.NewPersonAsync("Summer");
        var (bosun, sage) = (await person.NewMinionAsync("bosun"), await person.NewMinionAsync("sage"));
        var planted = new PlantedUsage(republic, person);
        await planted.RunAsync(bosun.Id, Monday, "local", JobStatus.Completed, PlantedUsage.Report(1, 12.5m), ("before/0/0", 100, 10));
        await planted.RunAsync(bosun.Id, Monday.AddHours(23.99), "local", JobStatus.Failed);
        await planted.RunAsync(bosun.Id, Monday.AddDays(1), "local", JobStatus.Cancelled);
        await planted.AnswerAsync(sage.Id, Monday.AddDays(1), "openai", 1000, 200, cost: null);
        await planted.AnswerAsync(sage.Id, Monday.AddDays(1), "local", 40, 2, cost: 0);
        await planted.AnswerAsync(sage.Id, Monday.AddDays(2), "openai", null, null, cost: null, state: TurnState.Failed);
        await planted.AnswerAsync(sage.Id, Monday.AddDays(40), "openai", 5000, 5000, cost: 1);

        var report = await ReadAsync(person, Days);

        var total = report["total"]!;
        Assert.Equal((1, 1, 1), (Int(total, "runs_completed"), Int(total, "runs_failed"), Int(total, "runs_stopped")));
        Assert.Equal((1140, 212), (Int(total, "prompt_tokens"), Int(total, "completion_tokens")));
        Assert.Equal((3, 2, 1), (Int(total, "answers"), Int(total, "answers_completed"), Int(total, "training_calls")));
        Assert.Equal((12.5, 90, 1), (Number(total, "xp"), Number(total, "run_seconds"), Int(total, "unpriced_calls")));
        Assert.Equal(0, Number(total, "cost"));
        var days = report["days"]!.AsArray();
        Assert.Equal(["2026-03-02", "2026-03-03", "2026-03-03", "2026-03-04"], days.Select(day => day!["day"]!.GetValue<string>()));
        Assert.Equal(110, Int(days[0]!, "tokens"));
        Assert.Equal(["Sage", "Bosun"], report["groups"]!.AsArray().Select(group => group!["name"]!.GetValue<string>()));
        Assert.Equal("UTC", report["time_zone"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_price_that_nobody_knows_is_no_zero_anywhere()
    {
        var person = await republic.NewPersonAsync("Pricer");
        var minion = await person.NewMinionAsync("guest");
        var planted = new PlantedUsage(republic, person);
        await planted.AnswerAsync(minion.Id, Monday, "openai", 10, 5, cost: null);

        var provider = (await ReadAsync(person, $"{Days}&group_by=provider"))["groups"]!.AsArray().Single()!;
        Assert.Equal("openai", provider["key"]!.GetValue<string>());
        Assert.Null(provider["figures"]!["cost"]);
        Assert.Equal(1, Int(provider["figures"]!, "unpriced_calls"));
        var page = await (await person.BrowserAsync()).ReadAsync($"/analytics?{Days}&by=Provider");
        Assert.Contains("no price known", page);
        Assert.DoesNotContain("$0", page);
        var csv = await CsvAsync(person, $"{Days}&group_by=provider");
        Assert.Contains("\r\n2026-03-02,openai,OpenAI,0,0,0,0,0,1,1,0,10,5,,1,0,0,0\r\n", csv);
    }

    [Fact]
    public async Task A_judges_tokens_count_for_the_judge_and_its_provider()
    {
        var person = await republic.NewPersonAsync("Graded");
        var (pupil, judge) = (
            await person.NewMinionAsync("pupil"),
            await person.NewMinionAsync("judge", more: new JsonObject { ["provider"] = "ollama", ["model_id"] = "big" })
        );
        await new PlantedUsage(republic, person).RunAsync(
            pupil.Id,
            Monday,
            "local",
            JobStatus.Completed,
            PlantedUsage.Report(1, 1),
            ("before/0/0", 7, 3),
            ($"grade/{judge.Id:N}/held/1/0/before-first/1", 500, 50)
        );

        var groups = (await ReadAsync(person, $"{Days}&group_by=provider"))["groups"]!.AsArray();

        Assert.Equal(
            [("ollama", 550, null), ("local", 10, (decimal?)0)],
            groups.Select(g => (g!["key"]!.GetValue<string>(), Int(g["figures"]!, "tokens"), g["figures"]!["cost"]?.GetValue<decimal>()))
        );
        Assert.Equal(550, Int((await ReadAsync(person, $"{Days}&minion_id={judge.Id}"))["total"]!, "tokens"));
    }

    [Fact]
    public async Task Times_are_medians_and_versions_keep_what_was_measured()
    {
        var person = await republic.NewPersonAsync("Timer");
        var minion = await person.NewMinionAsync("clock");
        var planted = new PlantedUsage(republic, person);
        await planted.RunAsync(minion.Id, Monday, "local", JobStatus.Completed, PlantedUsage.Report(1, 5, 60, 81.5));
        foreach (var ms in new[] { 1000, 2000, 9000 })
        {
            await planted.AnswerAsync(minion.Id, Monday.AddDays(1), "local", 1, 1, 0, ms, version: 1);
        }

        await planted.AnswerAsync(minion.Id, Monday.AddDays(1), "local", 1, 1, 0, 60_000, version: 1, TurnState.Stopped);

        await RateAsync(person, minion, 1, 0.5);

        var report = await ReadAsync(person, Days);

        Assert.Equal((2000, 8300), (Number(report["times"]!, "median_ms"), Number(report["times"]!, "p95_ms")));
        var version = report["versions"]!.AsArray().Single()!;
        Assert.Equal((60, 81.5), (Number(version, "before_quality"), Number(version, "after_quality")));
        Assert.Equal((2.5, 1.25), (Number(version, "before_loss"), Number(version, "after_loss")));
        Assert.Null(version["before_trait_score"]);
        Assert.False((bool)version["is_live"]!);
        var browser = await person.BrowserAsync();
        Assert.Contains("1, no longer live", await browser.ReadAsync($"/analytics?{Days}"));
        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, 1))
        );
        Assert.Contains("1, live", await browser.ReadAsync($"/analytics?{Days}"));
        Assert.Equal((4, 3, 2000), (Int(version, "answers"), Int(version, "answers_completed"), Number(version, "median_ms")));
        Assert.Equal((2, 0.75), (Int(version, "rated"), Number(version, "mean_score")));
        Assert.Contains("2 rated, mean score 0.75", await browser.ReadAsync($"/analytics?{Days}"));
        Assert.Contains(",better,60,81.5,,,2.5,1.25,0.5,0.25,5,4,3,2000,2,0.75\r\n", await CsvAsync(person, $"{Days}&table=versions"));
    }

    [Fact]
    public async Task A_chat_that_is_deleted_is_in_no_figure_until_it_is_restored()
    {
        var person = await republic.NewPersonAsync("Tidy");
        var minion = await person.NewMinionAsync("broom");
        var planted = new PlantedUsage(republic, person);
        await planted.RunAsync(minion.Id, Monday, "local", JobStatus.Completed, PlantedUsage.Report(1, 5));
        await planted.AnswerAsync(minion.Id, Monday, "local", 10, 0, 0, ms: 1000, version: 1);
        await planted.AnswerAsync(minion.Id, Monday, "local", 20, 0, 0, ms: 3000, version: 1);
        await RateAsync(person, minion, 1, 1);
        var chat = await republic.QueryAsync(db =>
            db.Messages.Where(m => m.AuthorId == minion.Id && m.PromptTokens == 20).Select(m => m.ConversationId).SingleAsync()
        );

        await person.Api.DeleteAsync($"/api/conversations/{chat}");
        Assert.Equal((10, 1000, 1, 1), Figures(await ReadAsync(person, Days)));

        await person.Api.PostAsync($"/api/conversations/{chat}/restore");
        Assert.Equal((30, 2000, 2, 2), Figures(await ReadAsync(person, Days)));

        static (int Tokens, double Ms, int Answers, int Rated) Figures(JsonNode report)
        {
            var version = report["versions"]!.AsArray().Single()!;
            return (
                Int(report["total"]!, "prompt_tokens"),
                Number(report["times"]!, "median_ms"),
                Int(version, "answers"),
                Int(version, "rated")
            );
        }
    }

    private Task<int> RateAsync(Inhabitant person, TestMinion minion, params double[] scores) =>
        republic.QueryAsync(async db =>
        {
            var answers = await db.Messages.Where(m => m.AuthorId == minion.Id).Take(scores.Length).Select(m => m.Id).ToListAsync();
            db.AddRange(
                answers.Zip(
                    scores,
                    (answer, score) =>
                        new MessageFeedback
                        {
                            MessageId = answer,
                            PersonId = person.Id,
                            Score = score,
                            CreatedAt = Monday,
                            UpdatedAt = Monday,
                        }
                )
            );
            return await db.SaveChangesAsync();
        });

    [Fact]
    public async Task Many_small_groups_are_one_and_nothing_is_lost()
    {
        var person = await republic.NewPersonAsync("Crowd");
        var planted = new PlantedUsage(republic, person);
        for (var i = 1; i <= 23; i++)
        {
            var minion = await person.NewMinionAsync($"one{i}");
            await planted.AnswerAsync(minion.Id, Monday, "local", i, 0, 0);
        }

        var report = await ReadAsync(person, Days);

        var groups = report["groups"]!.AsArray();
        Assert.Equal(21, groups.Count);
        Assert.Null(groups[^1]!["key"]);
        Assert.Equal(1 + 2 + 3, Int(groups[^1]!["figures"]!, "tokens"));
        Assert.Equal(23 * 24 / 2, Int(report["total"]!, "tokens"));
    }

    [Fact]
    public async Task Everybody_is_for_superusers_and_others_see_their_own()
    {
        var (one, other) = (await republic.NewPersonAsync("Own"), await republic.NewPersonAsync("Foreign"));
        var (mine, theirs) = (await one.NewMinionAsync("mine"), await other.NewMinionAsync("MARKER"));
        // A year in which no other class has anything.
        const string then = "from=2007-03-01&to=2007-03-31";
        var at = new DateTimeOffset(2007, 3, 5, 0, 0, 0, TimeSpan.Zero);
        await new PlantedUsage(republic, one).AnswerAsync(mine.Id, at, "local", 3, 0, 0);
        await new PlantedUsage(republic, other).AnswerAsync(theirs.Id, at, "local", 4, 0, 0);

        Assert.Equal(3, Int((await ReadAsync(one, then))["total"]!, "tokens"));
        await one.Api.ProblemAsync(403, HttpMethod.Get, $"/api/users/{one.Id}/analytics?{then}&everybody=true", null);
        await one.Api.ProblemAsync(403, HttpMethod.Get, $"/api/users/{one.Id}/analytics?{then}&group_by=person", null);
        await one.Api.ProblemAsync(404, HttpMethod.Get, $"/api/users/{one.Id}/analytics?{then}&minion_id={theirs.Id}", null);
        var browser = await one.BrowserAsync();
        Assert.DoesNotContain("MARKER", await browser.ReadAsync($"/analytics?{then}"));
        foreach (var (query, status) in new[] { ("by=Person", 403), ("everybody=true", 403), ($"minion={theirs.Id}", 404) })
        {
            using var refused = await browser.GetAsync($"/analytics?{then}&{query}");
            Assert.Equal(status, (int)refused.StatusCode);
        }

        var all = await ReadAsync(republic.Mira, $"{then}&group_by=person&everybody=true");
        Assert.Equal(
            [("Foreign", 4), ("Own", 3)],
            all["groups"]!.AsArray().Select(g => (g!["name"]!.GetValue<string>(), Int(g["figures"]!, "tokens")))
        );
        Assert.Contains("Foreign", await (await republic.Mira.BrowserAsync()).ReadAsync($"/analytics?{then}&by=Person"));
    }

    [Theory]
    [InlineData("days=0", "days")]
    [InlineData("from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("from=2020-01-01&to=2026-01-01", "from")]
    [InlineData("group_by=planet", "group_by")]
    public async Task A_choice_that_cannot_be_is_refused_with_its_field(string query, string field)
    {
        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Get, $"/api/users/{republic.Jonas.Id}/analytics?{query}", null);
        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Somebody_new_is_told_what_to_do()
    {
        var page = await (await (await republic.NewPersonAsync("Newcomer")).BrowserAsync()).ReadAsync("/analytics?from=nonsense");
        Assert.Contains("These are the last 30 days", page);
        Assert.Contains("Train a minion", page);
    }

    [Theory]
    [InlineData("2026-02-01", "2026-01-01", "The first day is after the last one.")]
    [InlineData("2026-02-31", "2026-03-01", "“2026-02-31” is not a date.")]
    [InlineData("2026-01-01", "0026-03-01", "Choose a day from 2000 to 2999.")]
    public async Task Dates_that_cannot_be_shown_stay_as_typed_with_what_is_wrong_beside_one_of_them(string from, string to, string problem)
    {
        var page = WebUtility.HtmlDecode(await (await republic.Jonas.BrowserAsync()).ReadAsync($"/analytics?from={from}&to={to}"));

        Assert.Contains($"name=\"from\" type=\"date\" value=\"{from}\"", page);
        Assert.Contains($"name=\"to\" type=\"date\" value=\"{to}\"", page);
        Assert.Contains(problem, page);
        Assert.Single(page.Split("aria-invalid=\"true\"")[1..]);
    }

    private static async Task<JsonNode> ReadAsync(Inhabitant person, string query) =>
        (await person.Api.GetAsync($"/api/users/{person.Id}/analytics?{query}"))["analytics"]!;

    private static async Task<string> CsvAsync(Inhabitant person, string query) =>
        await person.Api.Http.GetStringAsync($"/api/users/{person.Id}/analytics.csv?{query}", TestContext.Current.CancellationToken);

    private static int Int(JsonNode node, string name) => node[name]!.GetValue<int>();

    private static double Number(JsonNode node, string name) => node[name]!.GetValue<double>();
}
