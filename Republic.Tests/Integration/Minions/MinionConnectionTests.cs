using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

public sealed class MinionConnectionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_test_is_one_real_answer_of_one_token_at_most()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("tested", vendor);
        var test = await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/test");
        Assert.True(test["ok"]!.GetValue<bool>());
        Assert.Null(test["error"]);
        Assert.True(test["latency_ms"]!.GetValue<long>() >= 0);
        Assert.Equal(1, vendor.LastRequest.Body!["max_tokens"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_wrong_key_is_answered_in_the_providers_own_words()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.Unauthorized, "Invalid username or password");
        var minion = await republic.Jonas.NewMinionAsync("locked-out", vendor);
        var test = await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/test");
        Assert.False(test["ok"]!.GetValue<bool>());
        Assert.Contains("401", test["error"]!.GetValue<string>());
        Assert.Contains("Invalid username or password", test["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unreachable_host_and_an_answer_that_is_a_web_page_are_said_so()
    {
        var dead = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "m",
            ["base_url"] = "http://127.0.0.1:9/v1",
        };
        var nobody = await republic.Jonas.NewMinionAsync("nobody-there", more: dead);
        var test = await republic.Jonas.Api.PostAsync($"/api/minions/{nobody.Id}/test");
        Assert.Contains("could not be reached", test["error"]!.GetValue<string>());

        // Our own sign-in page is as good a wrong address as any.
        var page = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "m",
            ["base_url"] = new Uri(republic.Address, "/account").ToString(),
        };
        var lost = await republic.Jonas.NewMinionAsync("lost", more: page);
        var answer = await republic.Jonas.Api.PostAsync($"/api/minions/{lost.Id}/test");
        Assert.False(answer["ok"]!.GetValue<bool>());
        Assert.NotEmpty(answer["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_paused_minion_calls_nobody()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("asleep", vendor, new JsonObject { ["is_active"] = false });
        var problem = await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"/api/minions/{minion.Id}/test");
        Assert.Contains("paused", problem["detail"]!.GetValue<string>());
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task A_check_says_whether_the_model_is_still_in_its_providers_list()
    {
        await using var vendor = new FakeVendor();
        var there = await republic.Jonas.NewMinionAsync("there", vendor);
        var gone = await republic.Jonas.NewMinionAsync("gone", vendor, new JsonObject { ["model_id"] = "withdrawn" });
        var sync = republic.Services.GetRequiredService<ModelSync>();
        var ct = TestContext.Current.CancellationToken;
        Assert.Equal(SyncStatus.Synced, (await sync.CheckAsync(republic.Jonas.Id, there.Id, ct)).Value!.Status);
        Assert.Equal(SyncStatus.Stale, (await sync.CheckAsync(republic.Jonas.Id, gone.Id, ct)).Value!.Status);
        await vendor.DisposeAsync();
        var failed = (await sync.CheckAsync(republic.Jonas.Id, there.Id, ct)).Value!;
        Assert.Equal(SyncStatus.Error, failed.Status);
        Assert.NotNull(failed.Error);
        var read = (await republic.Jonas.Api.GetAsync($"/api/minions/{there.Id}"))["minion"]!;
        Assert.Equal("error", read["sync_status"]!.GetValue<string>());
        Assert.NotNull(read["last_sync_timestamp"]);
        Assert.False((await sync.CheckAsync(republic.Ada.Id, there.Id, ct)).Ok);
    }

    [Fact]
    public async Task Fifty_answers_that_finish_at_once_count_as_fifty()
    {
        var minion = await republic.Jonas.NewMinionAsync("busy");
        await Parallel.ForAsync(
            0,
            50,
            TestContext.Current.CancellationToken,
            async (i, ct) =>
                await republic.QueryAsync(async db =>
                {
                    await MinionStatistics.CountAsync(db, minion.Id, "openai", i % 5 != 0, ct);
                    return 0;
                })
        );
        var read = (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        Assert.Equal((50, 0.8), (read["total_queries"]!.GetValue<long>(), read["success_rate"]!.GetValue<double>()));
    }
}
