using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>What a run leaves is named after its id, so no other run ever gets that id, or writes over what has that name.</summary>
public sealed class RunIdTests(TrainingWorld world) : IClassFixture<TrainingWorld>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_that_is_sent_again_after_its_run_was_deleted_makes_no_run_that_takes_over_its_version()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Again");
        var minion = await person.NewMinionAsync("again", vendor);
        var (browser, form) = (await person.BrowserAsync(), Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(browser, minion.Id, form, later: false)).Status);
        var run = Assert.Single(await RunsAsync(person));
        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(person, run))["status"]!.GetValue<string>());
        // Once more while it is there: it is the same run.
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(browser, minion.Id, form, later: true)).Status);
        Assert.Equal([run], await RunsAsync(person));

        await person.Api.DeleteAsync(TrainingWorld.PathOf(person, $"/{run}"));
        var (status, page) = await SendAsync(browser, minion.Id, form, later: true);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Open the form anew.", page, StringComparison.Ordinal);
        Assert.Empty(await RunsAsync(person));
    }

    [Fact]
    public async Task The_id_of_anothers_run_is_as_good_for_a_form_as_any_other()
    {
        var (mine, hers) = (await world.Jonas.NewMinionAsync("mine"), await world.Ada.NewMinionAsync("hers"));
        var run = await TrainingWorld.NewJobAsync(world.Ada, hers.Id, [await TrainingWorld.NewDatasetAsync(world.Ada, 6)]);
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 6);
        var browser = await world.Jonas.BrowserAsync();

        foreach (var form in new[] { run, Guid.CreateVersion7() })
        {
            var before = await RunsAsync(world.Jonas);
            Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(browser, mine.Id, form, later: true, dataset)).Status);
            var made = Assert.Single((await RunsAsync(world.Jonas)).Except(before));
            Assert.NotEqual(form, made);
        }

        Assert.Equal("A run", (await TrainingWorld.JobAsync(world.Ada, run))["job_name"]!.GetValue<string>());
    }

    [Fact]
    public void A_forms_id_is_the_same_for_one_person_and_keeps_its_place_in_time()
    {
        var (person, earlier) = (Guid.CreateVersion7(), Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(50)));
        var later = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(51));

        Assert.Equal(FormId.Of(person, earlier), FormId.Of(person, earlier));
        Assert.NotEqual(FormId.Of(person, earlier), FormId.Of(Guid.CreateVersion7(), earlier));
        Assert.True(FormId.Of(person, earlier)!.Value.CompareTo(FormId.Of(person, later)!.Value) < 0);
        Assert.Equal((7, null), (FormId.Of(person, later)!.Value.Version, FormId.Of(person, null)));
    }

    [Fact]
    public async Task Weights_that_a_version_names_are_not_written_over_by_a_run()
    {
        var minion = await world.Jonas.NewMinionAsync("writer");
        var config = new JsonObject
        {
            ["lora"] = new JsonObject
            {
                ["rank"] = 4,
                ["epochs"] = 1,
                ["replay"] = 0,
            },
            ["repeats"] = 1,
        };
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 6);
        var run = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [dataset], config);
        var weights = Path.Combine(Directory.CreateDirectory(Path.Combine(world.DataFolder, "adapters")).FullName, $"{run:N}.gguf");
        await File.WriteAllTextAsync(weights, "Ada's", Ct);
        // As if its start had trained them just now.
        var trained = Directory.CreateDirectory(Path.Combine(world.DataFolder, "training", run.ToString(), "lora-1")).FullName;
        await File.WriteAllTextAsync(Path.Combine(trained, "adapter.gguf"), "Jonas'", Ct);
        await PlantAsync((await world.Ada.NewMinionAsync("user")).Id, run, adapter: run.ToString("N"));

        await TrainingWorld.StartAsync(world.Jonas, run);
        var end = await TrainingWorld.EndAsync(world.Jonas, run);

        Assert.Equal("FAILED", end["status"]!.GetValue<string>());
        Assert.Contains("not written over", end["error_message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Ada's", await File.ReadAllTextAsync(weights, Ct));
    }

    [Fact]
    public async Task A_version_shows_no_run_of_anybody_else()
    {
        var (mine, hers) = (await world.Jonas.NewMinionAsync("looker"), await world.Ada.NewMinionAsync("hidden"));
        var run = await TrainingWorld.NewJobAsync(world.Ada, hers.Id, [await TrainingWorld.NewDatasetAsync(world.Ada, 6)]);
        await PlantAsync(mine.Id, run, adapter: null);

        var version = (await world.Jonas.Api.GetAsync($"/api/minions/{mine.Id}/versions"))["versions"]![0]!;
        Assert.Null(version["job_name"]);
        Assert.Empty(version["datasets"]!.AsArray());
        Assert.DoesNotContain("A run", await (await world.Jonas.BrowserAsync()).ReadAsync($"/models/{mine.Id}/versions/1"));
    }

    private Task<int> PlantAsync(Guid minion, Guid run, string? adapter) =>
        world.QueryAsync(async db =>
        {
            var row = await db.Minions.SingleAsync(m => m.Id == minion);
            db.MinionVersions.Add(
                new MinionVersion
                {
                    MinionId = minion,
                    Number = 1,
                    TrainingJobId = run,
                    Provider = row.Provider,
                    ModelId = row.ModelId,
                    Adapter = adapter,
                    CreatedAt = row.CreatedAt,
                }
            );
            return await db.SaveChangesAsync();
        });

    private static async Task<(HttpStatusCode Status, string Page)> SendAsync(
        Visitor browser,
        Guid minion,
        Guid form,
        bool later,
        Guid? dataset = null
    )
    {
        var fields = new Dictionary<string, string>
        {
            ["Input.MinionId"] = minion.ToString(),
            ["Input.Request"] = form.ToString(),
            ["Input.JobName"] = "Sent by a form",
            ["Input.Repeats"] = "1",
            ["later"] = later ? "true" : "false",
            [dataset is null ? "Input.SelectedTraits" : "Input.DatasetIds"] = dataset?.ToString() ?? "friendly",
        };
        using var answer = await browser.SubmitAsync("/training/new", fields, "/training/new");
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private static async Task<IReadOnlyList<Guid>> RunsAsync(Inhabitant person) =>
        [.. (await person.Api.GetAsync(TrainingWorld.PathOf(person)))["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<Guid>())];
}
