using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Where runs are found again: the list, a minion's page, and the dot in the navigation.</summary>
public sealed class RunListTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private const string Dot = "<span id=\"under-way\"><i>";

    [Fact]
    public async Task The_list_comes_in_pages_of_fifty_and_each_run_is_on_one_of_them()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Pager");
        var minion = await person.NewMinionAsync("clerk", vendor);
        List<Guid> made = [];
        for (var i = 0; i < 52; i++)
        {
            made.Add(await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1)));
        }

        var browser = await person.BrowserAsync();
        var first = await browser.ReadAsync("/training?q=run");
        var older = WebUtility.HtmlDecode(first.Split("<nav class=\"pager\"")[1].Split("href=\"")[1].Split('"')[0]);
        Assert.Equal($"/training?q=run&before={made[2]}", older);
        var second = await browser.ReadAsync(older);

        Assert.Equal(made[2..].AsEnumerable().Reverse(), Ids(first));
        Assert.Equal([made[1], made[0]], Ids(second));
        Assert.DoesNotContain(">Older<", second, StringComparison.Ordinal);
        Assert.Contains(">Newest<", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_keeps_more_than_500_runs_that_were_never_started()
    {
        var person = await world.NewPersonAsync("Hoarder");
        var minion = (await person.NewMinionAsync("cook")).Id;
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        var order = new JsonObject
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion,
            ["training_type"] = "lora_only",
            ["dataset_ids"] = new JsonArray(data),
        };
        await world.QueryAsync(db =>
        {
            db.TrainingJobs.AddRange(Enumerable.Range(0, TrainingEditor.MostUnstarted).Select(_ => Unstarted(person.Id, minion)));
            return db.SaveChangesAsync();
        });

        var problem = await person.Api.ProblemAsync(429, HttpMethod.Post, TrainingWorld.PathOf(person), order);
        Assert.Contains("500 of your runs were never started", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        var one = await world.QueryAsync(db => db.TrainingJobs.Where(job => job.OwnerId == person.Id).Select(job => job.Id).FirstAsync());
        await person.Api.DeleteAsync(TrainingWorld.PathOf(person, $"/{one}"));
        await person.Api.PostAsync(TrainingWorld.PathOf(person), order);
    }

    [Fact]
    public async Task A_minions_page_names_its_runs_that_failed_and_no_others()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Failer");
        var minion = await person.NewMinionAsync("clerk", vendor);
        var other = await person.NewMinionAsync("other", vendor);
        var browser = await person.BrowserAsync();
        Assert.DoesNotContain("Runs that failed", await browser.ReadAsync($"/models/{minion.Id}"), StringComparison.Ordinal);

        vendor.Refuses(HttpStatusCode.Unauthorized, "The key is no good");
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, run);
        await TrainingWorld.EndAsync(person, run);

        var page = await browser.ReadAsync($"/models/{minion.Id}");
        Assert.Contains($"/training/{run}", page, StringComparison.Ordinal);
        Assert.Contains("Failed at step 1 of 9", page, StringComparison.Ordinal);
        Assert.Contains("The key is no good", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Runs that failed", await browser.ReadAsync($"/models/{other.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_has_a_dot_at_training_while_a_run_of_this_person_is_under_way()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Dotted");
        var minion = await person.NewMinionAsync("clerk", vendor);
        var (browser, stranger) = (await person.BrowserAsync(), await world.Ada.BrowserAsync());
        Assert.DoesNotContain(Dot, await browser.ReadAsync("/account"), StringComparison.Ordinal);

        vendor.Hangs();
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, run);
        Assert.Contains(Dot, await browser.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains(Dot, await browser.ReadAsync("/training/under-way"), StringComparison.Ordinal);
        Assert.DoesNotContain(Dot, await stranger.ReadAsync("/account"), StringComparison.Ordinal);

        await person.Api.PostAsync(TrainingWorld.PathOf(person, $"/{run}/stop"));
        Assert.DoesNotContain(Dot, await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_rows_are_said_while_they_are_chosen()
    {
        var person = await world.NewPersonAsync("Sparse");
        var minion = await person.NewMinionAsync("cook");
        var (few, enough) = (await TrainingWorld.NewDatasetAsync(person, 4), await TrainingWorld.NewDatasetAsync(person, 5));
        foreach (var dataset in new[] { few, enough })
        {
            await Until.TrueAsync(async () => Status(await DatasetAsync(person, dataset)) == "ready");
        }

        Assert.Contains("at least 5", await ChosenAsync(person, minion, few), StringComparison.Ordinal);
        Assert.Contains("5 usable rows chosen.", await ChosenAsync(person, minion, enough), StringComparison.Ordinal);
        var chosen = await ChosenAsync(person, minion, few, enough);
        Assert.Contains("9 usable rows chosen.", chosen, StringComparison.Ordinal);
        Assert.Contains("of rows would be held out, and a verdict needs 12. About 39 more rows", chosen, StringComparison.Ordinal);
    }

    private static async Task<string> ChosenAsync(Inhabitant person, TestMinion minion, params IEnumerable<Guid> datasets)
    {
        var browser = await person.BrowserAsync();
        List<KeyValuePair<string, string>> fields =
        [
            new("__RequestVerificationToken", Html.Token(await browser.ReadAsync("/training/new"))),
            new("Input.MinionId", minion.Id.ToString()),
            .. datasets.Select(id => KeyValuePair.Create("Input.DatasetIds", id.ToString())),
        ];
        using var answer = await browser.Http.PostAsync(
            "/training/new?handler=Effect",
            new FormUrlEncodedContent(fields),
            TestContext.Current.CancellationToken
        );
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<JsonNode> DatasetAsync(Inhabitant person, Guid id) =>
        (await person.Api.GetAsync($"/api/users/{person.Id}/training-datasets/{id}"))["dataset"]!;

    private static string Status(JsonNode dataset) => dataset["status"]!.GetValue<string>();

    private static IEnumerable<Guid> Ids(string page) => page.Split("data-run=\"")[1..].Select(row => Guid.Parse(row.Split('"')[0]));

    private TrainingJob Unstarted(Guid person, Guid minion)
    {
        var now = world.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        return new TrainingJob
        {
            OwnerId = person,
            MinionId = minion,
            Name = "Unstarted",
            Type = TrainingType.LoraOnly,
            Method = TrainingMethod.Lora,
            Provider = "local",
            ModelName = "sprout",
            Config = new TrainingConfig(),
            DatasetIds = [],
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
