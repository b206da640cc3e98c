using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A verdict as outside clients read it.</summary>
public sealed class VerdictTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
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
