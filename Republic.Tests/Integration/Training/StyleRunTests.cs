using Microsoft.EntityFrameworkCore;
using Republic.Core.Minions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A run that trained a style and linked a collection, for a minion whose own model runs elsewhere.</summary>
public sealed class StyleRunTests(FinishedRun finished) : IClassFixture<FinishedRun>
{
    private readonly TrainedWorld world = finished.World;
    private readonly TrainedRun run = finished.Template.Style;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hybrid_trains_a_style_adapter_here_for_a_minion_whose_own_model_runs_elsewhere()
    {
        var end = await TrainingWorld.JobAsync(world.Ada, run.Job);
        Assert.Equal(("style", "sprout"), (end["method"]!.GetValue<string>(), end["config"]!["base_model"]!.GetValue<string>()));
        var adapter = end["report"]!["adapter"]!;
        Assert.Equal((true, "sprout"), (adapter["is_style"]!.GetValue<bool>(), adapter["base_model"]!.GetValue<string>()));
        Assert.NotEmpty((await world.Ada.Api.GetAsync(TrainingWorld.PathOf(world.Ada, $"/{run.Job}/losses")))["train"]!.AsArray());
        Assert.NotNull(end["report"]!["validation_loss_after"]);
        var now = await MinionAsync();
        Assert.Equal((null, run.Job.ToString("N"), "sprout"), (now.Adapter, now.StyleAdapter, now.StyleModel));

        var linked = Assert.Single(end["steps"]![3]!["output"]!["collections"]!.AsArray())!["id"]!.GetValue<Guid>();
        var links = await world.QueryAsync(db => db.CollectionLinks.Where(link => link.MinionId == run.MinionId).ToListAsync(Ct));
        Assert.Equal([(linked, (int?)1)], links.ConvertAll(link => (link.CollectionId, link.Version)));
        var version = (await world.Ada.Api.GetAsync($"/api/minions/{run.MinionId}/versions"))["versions"]![0]!;
        Assert.Equal("sprout", version["style"]!["model"]!.GetValue<string>());
        await world.Ada.Api.PostAsync($"/api/minions/{run.MinionId}/versions/0/promote");
        Assert.Null((await MinionAsync()).StyleModel);
    }

    [Fact]
    public async Task A_style_adapter_drafts_what_the_providers_model_answers()
    {
        var end = await TrainingWorld.JobAsync(world.Ada, run.Job);

        var stages = end["steps"]![6]!["output"]!["answers"]!["asked"]![0]!["trace"]!["stages"]!.AsArray().Select(stage => stage!).ToList();
        Assert.Equal(["style", "knowledge", "generation"], stages.Select(stage => stage["name"]!.GetValue<string>()));
        var draft = stages[0];
        Assert.Equal("done", draft["status"]!.GetValue<string>());
        Assert.Contains(run.Job.ToString("N"), draft["model"]!.GetValue<string>());
        Assert.Contains(finished.Template.Asked, asked => asked.Contains(draft["text"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    private Task<Minion> MinionAsync() =>
        world.QueryAsync(db => db.Minions.AsNoTracking().SingleAsync(minion => minion.Id == run.MinionId, Ct));
}
