using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions.Models;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

public sealed class ModelSyncTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_kept_with_what_it_says_of_each_model_and_who_uses_it()
    {
        await using var vendor = new FakeVendor
        {
            ModelList = """
                {"id":"vendor-model","context_length":8192,"pricing":{"input":1.5,"output":6}},
                {"id":"old-model","shutdown_date":"2027-01-14"}
                """,
        };
        var person = await republic.NewPersonAsync("Lister");
        var minion = await person.NewMinionAsync("lister", vendor);

        Assert.Empty((await ModelsAsync(person))["models"]!.AsArray());
        var lists = (await RefreshAsync(person))["lists"]!.AsArray();
        Assert.Equal(2, Assert.Single(lists)!["count"]!.GetValue<int>());

        var models = (await ModelsAsync(person))["models"]!.AsArray();
        Assert.Equal(["vendor-model", "old-model"], models.Select(model => model!["id"]!.GetValue<string>()));
        Assert.Equal(8192, models[0]!["context_length"]!.GetValue<int>());
        Assert.Equal(6, models[0]!["price"]!["output"]!.GetValue<decimal>());
        Assert.Equal("Lister", models[0]!["used_by"]![0]!["display_name"]!.GetValue<string>());
        Assert.Equal("2027-01-14", models[1]!["ends_on"]!.GetValue<string>());
        Assert.Null(models[0]!["new_since"]);
        Assert.Equal("synced", await SyncAsync(person, minion));
        Assert.DoesNotContain(FakeVendor.Key, (await ModelsAsync(person)).ToJsonString());
        Assert.Single((await ModelsAsync(person, "?q=OLD"))["models"]!.AsArray());
        var page = await ModelsAsync(person, "?limit=1");
        Assert.Equal(
            "old-model",
            (await ModelsAsync(person, $"?limit=1&cursor={page["next_cursor"]}"))["models"]![0]!["id"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task What_came_and_what_went_is_marked_and_a_list_that_fails_leaves_the_last_one_standing()
    {
        await using var vendor = new FakeVendor { ModelList = """{"id":"vendor-model"}""" };
        var person = await republic.NewPersonAsync("Marker");
        var minion = await person.NewMinionAsync("marker", vendor);
        await RefreshAsync(person);

        vendor.ModelList = """{"id":"newcomer"}""";
        await RefreshAsync(person);
        var models = (await ModelsAsync(person))["models"]!.AsArray();
        Assert.NotNull(models.Single(model => model!["id"]!.GetValue<string>() == "newcomer")!["new_since"]);
        Assert.NotNull(models.Single(model => model!["id"]!.GetValue<string>() == "vendor-model")!["gone_since"]);
        Assert.Equal("stale", await SyncAsync(person, minion));

        vendor.HidesModels = true;
        var failed = (await RefreshAsync(person))["lists"]![0]!;
        Assert.Contains("No lists today", failed["error"]!.GetValue<string>());
        Assert.Equal(1, failed["count"]!.GetValue<int>());
        Assert.Equal("error", await SyncAsync(person, minion));

        vendor.HidesModels = false;
        vendor.ModelList = """{"id":"vendor-model"}""";
        await RefreshAsync(person);
        Assert.Equal("synced", await SyncAsync(person, minion));
    }

    [Fact]
    public async Task Once_a_day_each_persons_lists_are_read_by_one_node_and_making_a_minion_reads_none()
    {
        await using var vendor = new FakeVendor { ModelList = """{"id":"another"}""" };
        var person = await republic.NewPersonAsync("Daily");
        var minion = await person.NewMinionAsync("daily", vendor);
        var sweep = republic.Services.GetRequiredService<SyncSweep>();
        await sweep.SweepAsync(Ct);
        Assert.Empty(vendor.Requests);
        var first = await DueAsync(person);
        Assert.InRange(first, Now.AddHours(11), Now.AddHours(25));

        var past = Now.AddMinutes(-1);
        await republic.QueryAsync(db =>
            db.SyncVisits.Where(visit => visit.OwnerId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.DueAt, past), Ct)
        );
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => sweep.SweepAsync(Ct)));

        // The app's own sweep may have taken it before these, and be at it still.
        await Until.TrueAsync(async () => await DueAsync(person) > Now.AddHours(21));
        Assert.Single(vendor.Requests);
        Assert.Equal("stale", await SyncAsync(person, minion));
        Assert.InRange(await DueAsync(person), Now.AddHours(21), Now.AddHours(27));
    }

    [Fact]
    public async Task The_context_length_of_a_list_counts_when_it_is_said_who_would_answer()
    {
        await using var vendor = new FakeVendor { ModelList = """{"id":"vendor-model","context_length":500}""" };
        var person = await republic.NewPersonAsync("Measured");
        var minion = await person.NewMinionAsync(
            "measured",
            vendor,
            new JsonObject { ["fallbacks"] = new JsonArray(new JsonObject { ["provider"] = "local", ["model_id"] = "sprout" }) }
        );
        await RefreshAsync(person);

        var route = (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { prompt = new string('x', 20_000) }))["route"]!;

        Assert.Equal("local", route["chosen"]!["provider"]!.GetValue<string>());
        Assert.Contains("this model takes 500", route["hops"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_not_found() =>
        await republic.Jonas.Api.ProblemAsync(
            404,
            HttpMethod.Post,
            $"/api/users/{republic.Jonas.Id}/providers/nobody/models/refresh",
            new { }
        );

    [Fact]
    public async Task A_model_that_was_announced_to_end_is_said_to_on_every_page_of_its_minion_with_what_to_try_instead()
    {
        var person = await republic.NewPersonAsync("Ending");
        var minion = await person.NewMinionAsync("ending", more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-4.1-mini" });

        var read = (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        Assert.Equal(("2027-01-14", "gpt-6-luna"), (read["ends_on"]!.GetValue<string>(), read["replacement"]!.GetValue<string>()));
        var browser = await person.BrowserAsync();
        Assert.Matches("Model end(s|ed) on 14 Jan 2027", await browser.ReadAsync("/models"));
        Assert.Contains("Try gpt-6-luna", await browser.ReadAsync($"/models/{minion.Id}"));
        Assert.Contains("value=\"gpt-6-luna\"", await browser.ReadAsync($"/models/{minion.Id}/edit?model=gpt-6-luna"));
    }

    private Task<DateTimeOffset> DueAsync(Inhabitant person) =>
        republic.QueryAsync(db => db.SyncVisits.Where(visit => visit.OwnerId == person.Id).Select(visit => visit.DueAt).SingleAsync(Ct));

    private static Task<JsonNode> ModelsAsync(Inhabitant person, string query = "") =>
        person.Api.GetAsync($"/api/users/{person.Id}/providers/custom/models{query}");

    private static Task<JsonNode> RefreshAsync(Inhabitant person) =>
        person.Api.PostAsync($"/api/users/{person.Id}/providers/custom/models/refresh", new { });

    private static async Task<string> SyncAsync(Inhabitant person, TestMinion minion) =>
        (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["sync_status"]!.GetValue<string>();
}
