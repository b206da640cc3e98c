using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Training;
using Republic.Core.Training.Runs;
using Republic.Tests.World;
using Republic.Web.Pages.Training.Charts;

namespace Republic.Tests.Integration.Training;

/// <summary>What a page that is open is told of a run's losses, and what is left for it to ask.</summary>
public sealed class LossEventTests(RecordedRepublic world) : IClassFixture<RecordedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loss_comes_with_its_event_and_leaves_the_page_nothing_to_ask_for()
    {
        var (person, run) = await WorkingAsync();
        var browser = await person.BrowserAsync();
        using var live = await EventStream.OpenAsync(browser.Http, "/live");
        LossPoint[] points = [new("train", 1, 3.25, 64, 0.001), new("validation", 1, 3.5, null, null)];

        await run.TellAsync(points);

        var told = (await ChangedAsync(live))["data"]!.AsArray();
        Assert.Equal(
            [("loss", "train", 1, 3.25), ("loss", "validation", 1, 3.5)],
            told.Select(entry =>
                (
                    entry!["kind"]!.GetValue<string>(),
                    entry["data"]!["kind"]!.GetValue<string>(),
                    entry["data"]!["step"]!.GetValue<int>(),
                    entry["data"]!["loss"]!.GetValue<double>()
                )
            )
        );
        var numbers = told.Select(entry => entry!["number"]!.GetValue<long>()).ToList();
        Assert.Equal(
            await world.QueryAsync(db =>
                db.TrainingEvents.Where(e => e.TrainingJobId == run.Id).OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(Ct)
            ),
            numbers
        );
        Assert.Empty(await LossesAsync(browser, run.Id, numbers[1]));
        Assert.Equal([numbers[1]], await LossesAsync(browser, run.Id, numbers[0]));
        // What a page is opened with is the same, so that it begins where its stream goes on.
        Assert.True(JsonNode.DeepEquals(Drawn(await browser.ReadAsync($"/training/{run.Id}")), told));
    }

    [Fact]
    public async Task A_burst_of_losses_is_announced_and_read_by_its_numbers()
    {
        var (person, run) = await WorkingAsync();
        var browser = await person.BrowserAsync();
        using var live = await EventStream.OpenAsync(browser.Http, "/live");

        await run.TellAsync(PlayedRun.Curve(400));

        Assert.Null((await ChangedAsync(live))["data"]);
        Assert.Equal(400 + 3, (await LossesAsync(browser, run.Id, after: 0)).Count);
    }

    [Fact]
    public async Task Opening_a_run_reads_its_points_once_and_looking_at_it_again_reads_the_ends_alone()
    {
        var (person, run) = await WorkingAsync();
        var browser = await person.BrowserAsync();
        await run.TellAsync(PlayedRun.Curve(300));
        const string Page = "training_events";

        var opened = await world.AskedAsync(Page, () => browser.ReadAsync($"/training/{run.Id}"));
        var looked = await world.AskedAsync(Page, () => browser.ReadAsync($"/training/{run.Id}?handler=Live&working=true"));

        Assert.Single(opened, IsUnlimited);
        Assert.NotEmpty(looked);
        Assert.DoesNotContain(looked, IsUnlimited);
    }

    [Fact]
    public async Task The_ends_of_a_curve_say_what_the_whole_curve_says()
    {
        var (person, run) = await WorkingAsync();
        await run.TellAsync(PlayedRun.Curve(1_000));
        var log = world.Services.GetRequiredService<TrainingLog>();

        var ends = await log.LossEndsAsync(person.Id, run.Id, Ct);
        var (some, all) = (LossCurve.Of(ends), LossCurve.Of(PlayedRun.Curve(1_000)));

        Assert.InRange(ends.Count, 4, 250);
        Assert.Equal(all.Finding(2_000), some.Finding(2_000));
        Assert.Equal(all.Smoothed[^1].Y, some.Smoothed[^1].Y, 1e-6);
        Assert.Equal(all.Validation[^1], some.Validation[^1]);
        Assert.Empty(await log.LossEndsAsync(world.Mira.Id, run.Id, Ct));
    }

    [Fact]
    public async Task A_curve_without_rows_held_out_has_the_ends_of_its_training()
    {
        var (person, run) = await WorkingAsync();
        var points = PlayedRun.Curve(500).Where(point => point.Kind == "train").ToList();
        await run.TellAsync(points);

        var ends = await world.Services.GetRequiredService<TrainingLog>().LossEndsAsync(person.Id, run.Id, Ct);

        Assert.Equal(LossCurve.Of(points).Finding(null), LossCurve.Of(ends).Finding(null));
    }

    private static bool IsUnlimited(string command) => !command.Contains("LIMIT", StringComparison.Ordinal);

    private static async Task<JsonNode> ChangedAsync(EventStream live)
    {
        while (true)
        {
            var next = await live.NextAsync() ?? throw new InvalidOperationException("The stream ended.");
            if (next.Name == "changed" && next.Data["name"]!.GetValue<string>() == TrainingWork.Changed)
            {
                return next.Data;
            }
        }
    }

    private static async Task<List<long>> LossesAsync(Visitor browser, Guid run, long after) =>
        [
            .. JsonNode
                .Parse(await browser.ReadAsync($"/training/{run}?handler=Losses&after={after}"))!
                .AsArray()
                .Select(entry => entry!["number"]!.GetValue<long>()),
        ];

    private static JsonNode? Drawn(string page) => JsonNode.Parse(WebUtility.HtmlDecode(page.Split("data-points>")[1].Split("</div>")[0]));

    private async Task<(Inhabitant Person, PlayedRun Run)> WorkingAsync()
    {
        var person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        return (person, await PlayedRun.NewAsync(world.Services, person));
    }
}
