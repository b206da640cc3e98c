using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A verdict as outside clients read it.</summary>
public sealed class VerdictTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_lost_answer_is_marked_and_the_verdict_counted_anew()
    {
        var person = await world.NewPersonAsync("Marker");
        var run = await new PlantedVerdicts(world, person).LostAsync((await person.NewMinionAsync("marked")).Id);

        for (var i = 0; i < 6; i++)
        {
            await MarkAsync(person, run, i, "as_good");
        }

        var report = (await MarkAsync(person, run, 6, "worse"))["report"]!;
        Assert.Equal(
            ("forgot", "better", false),
            ((string)report["verdict"]!, (string)report["judged_verdict"]!, (bool)report["promoted"]!)
        );
        var lost = report["retention"]!["lost"]!.AsArray();
        Assert.Equal((true, false), ((bool)lost[0]!["mark"]!["is_as_good"]!, (bool)lost[6]!["mark"]!["is_as_good"]!));
        Assert.Null(lost[7]!["mark"]);
        report = (await MarkAsync(person, run, 0, null))["report"]!;
        Assert.Equal("forgot", (string)report["judged_verdict"]!);
        var judged = (await person.Api.GetAsync($"/api/account/activity"))["entries"]!
            .AsArray()
            .Count(entry => (string)entry!["action"]! == "verdict.judge");
        Assert.Equal(2, judged);
    }

    [Fact]
    public async Task A_mark_that_cannot_be_is_refused()
    {
        var person = await world.NewPersonAsync("Mismarker");
        var planted = new PlantedVerdicts(world, person);
        var run = await planted.ForgotAsync((await person.NewMinionAsync("mismarked")).Id);

        var broken = await person.Api.ProblemAsync(409, HttpMethod.Put, Lost(person, run, 2), new { mark = "as_good" });
        Assert.Contains("came apart", (string)broken["detail"]!, StringComparison.Ordinal);
        await person.Api.PutAsync(Lost(person, run, 2), new { mark = "worse" });
        var unknown = await person.Api.ProblemAsync(400, HttpMethod.Put, Lost(person, run, 0), new { mark = "better" });
        Assert.Contains("as_good, worse or null", (string)unknown["errors"]!["mark"]![0]!, StringComparison.Ordinal);
        await person.Api.ProblemAsync(400, HttpMethod.Put, Lost(person, run, 0), new { });
        await person.Api.ProblemAsync(404, HttpMethod.Put, Lost(person, run, 29), new { mark = "worse" });
        await person.Api.ProblemAsync(404, HttpMethod.Put, Lost(person, run, -1), new { mark = "worse" });
        var stranger = await world.NewPersonAsync("Outsider");
        await stranger.Api.ProblemAsync(404, HttpMethod.Put, Lost(stranger, run, 0), new { mark = "worse" });
    }

    [Fact]
    public async Task A_run_that_is_made_again_keeps_what_was_lost_and_asks_others()
    {
        var person = await world.NewPersonAsync("Again");
        var minion = await person.NewMinionAsync("again");
        var run = await new PlantedVerdicts(world, person).LostAsync(minion.Id, await TrainingWorld.NewDatasetAsync(person, 60));
        await MarkAsync(person, run, 0, "as_good");

        var made = (await person.Api.PostAsync(TrainingWorld.PathOf(person, $"/{run}/again")))["job"]!;

        var address = TrainingWorld.PathOf(person, $"/{made["id"]!}");
        Assert.Equal("Support voice, run 5, again", (string)made["job_name"]!);
        var kept = made["config"]!["keep_answers"]!.AsArray();
        Assert.Equal((14, 1, "What is 17 % of 240? (1)"), (kept.Count, (int)made["config"]!["question_set"]!, (string)kept[0]!));
        // One run of a minion at a time: what cannot start is not left behind.
        await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/again"));
        await person.Api.PostAsync($"{address}/stop");
        Assert.Equal(2, (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_run_is_not_made_again_while_another_version_than_the_one_before_it_is_live()
    {
        var person = await world.NewPersonAsync("Later");
        var minion = await person.NewMinionAsync("later");
        var run = await new PlantedVerdicts(world, person).LostAsync(minion.Id, await TrainingWorld.NewDatasetAsync(person, 60));
        await person.Api.PostAsync($"/api/minions/{minion.Id}/versions/5/promote");

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/again"));

        Assert.Contains("those of version 4, and version 5 is live", (string)refused["detail"]!, StringComparison.Ordinal);
        var page = await (await person.BrowserAsync()).ReadAsync($"/training/{run}");
        Assert.DoesNotContain("handler=Again", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"keep_answers": ["Who are you?"], "lora": {"replay": 0}}""", "keep_answers", "lora.replay is 0")]
    [InlineData("""{"question_set": 3}""", "question_set", "0 to 2 is possible")]
    public async Task What_cannot_be_kept_or_asked_is_refused(string config, string field, string expected)
    {
        var person = await world.NewPersonAsync($"C{Guid.CreateVersion7():N}"[..20]);
        var minion = await person.NewMinionAsync("configured");
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);

        var refused = await person.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            TrainingWorld.PathOf(person),
            new
            {
                job_name = "Kept",
                minion_id = minion.Id,
                training_type = "lora_only",
                dataset_ids = new[] { dataset },
                config = JsonNode.Parse(config),
            }
        );

        Assert.Contains(expected, (string)refused["errors"]![$"config.{field}"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_lost_nothing_is_not_made_again()
    {
        var person = await world.NewPersonAsync("Kept");
        var run = await new PlantedVerdicts(world, person).IgnoringAsync((await person.NewMinionAsync("kept")).Id);

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/again"));

        Assert.Contains("lost no answers", (string)refused["detail"]!, StringComparison.Ordinal);
    }

    private static string Lost(Inhabitant person, Guid run, int number) => TrainingWorld.PathOf(person, $"/{run}/lost/{number}");

    private static async Task<JsonNode> MarkAsync(Inhabitant person, Guid run, int number, string? mark) =>
        (await person.Api.PutAsync(Lost(person, run, number), new { mark }))["job"]!;

    [Fact]
    public async Task A_report_has_what_was_kept_the_groups_and_the_warnings()
    {
        var person = await world.NewPersonAsync("Reader");
        var minion = await person.NewMinionAsync("forgetful");
        var run = await new PlantedVerdicts(world, person).ForgotAsync(minion.Id);

        var report = (await TrainingWorld.JobAsync(person, run))["report"]!;

        Assert.Equal(("forgot", false), ((string)report["verdict"]!, (bool)report["promoted"]!));
        Assert.Equal((17, 0.72), ((int)report["groups"]!, (double)report["gain"]!));
        var kept = report["retention"]!;
        Assert.Equal((31, 60, 4, 6), ((int)kept["kept"]!, (int)kept["of"]!, (int)kept["noise"]!, (int)kept["degenerate"]!));
        Assert.Equal((0.02, 0.04), ((double)kept["loss_rise"]!, (double)kept["divergence"]!));
        Assert.Equal((30, 20, 10), ((int)kept["kinds"]!["general"]!, (int)kept["kinds"]!["domain"]!, (int)kept["kinds"]!["chats"]!));
        Assert.Equal(29, kept["lost"]!.AsArray().Count);
        var lost = kept["lost"]![2]!;
        Assert.Equal(
            ("Name three rivers in Croatia", "Sava, Drava, Kupa.", "matey, matey, matey, matey", true),
            ((string)lost["prompt"]!, (string)lost["before"]!, (string)lost["after"]!, (bool)lost["is_degenerate"]!)
        );
        Assert.Equal(
            [
                "6 of 60 answers loop, are empty or turn to nonsense. The version before answered each of these questions.",
                "The rate of 0.002 was 10 times what suits this base. A lower one forgets less.",
                "Nobody graded the answers. Closer means more like your rows, not that your rows are right.",
            ],
            report["warnings"]!.AsArray().Select(warning => (string)warning!)
        );
        foreach (var gone in new[] { "general_loss_before", "general_loss_after", "forgets" })
        {
            Assert.False(report.AsObject().ContainsKey(gone), gone);
        }

        var versions = (await person.Api.GetAsync($"/api/minions/{minion.Id}/versions"))["versions"]!.AsArray();
        Assert.Contains(versions, version => (string?)version!["verdict"] == "forgot");
    }

    [Fact]
    public async Task A_strangers_run_gives_no_form_to_begin_with()
    {
        var minion = await world.Ada.NewMinionAsync("hers");
        var run = await new PlantedVerdicts(world, world.Ada).ForgotAsync(minion.Id);
        var browser = await world.Jonas.BrowserAsync();

        using var refused = await browser.GetAsync($"/training/new?like={run}");

        Assert.Equal(404, (int)refused.StatusCode);
    }
}
