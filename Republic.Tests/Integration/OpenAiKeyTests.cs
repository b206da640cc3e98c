using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Whose keys open <c>/v1</c>, to what, and for how long.</summary>
public sealed class OpenAiKeyTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Hi = OutsideClient.Hi;

    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_persons_token_reaches_any_of_their_minions_by_republic_id_and_nobody_elses()
    {
        var first = await republic.Jonas.NewMinionAsync("first", vendor);
        var second = await republic.Jonas.NewMinionAsync("second", vendor);
        var foreign = await republic.Ada.NewMinionAsync("foreign", vendor);
        using var client = Outside(await TokenAsync(republic.Jonas));

        await client.AnswerAsync(Named(second.RepublicId));
        Assert.Contains("Second", (string?)vendor.LastRequest.Body!["messages"]![0]!["content"]);
        var asked = vendor.Requests.Count;

        var others = await client.ErrorAsync(404, "/v1/chat/completions", Named(foreign.RepublicId));
        var nobody = await client.ErrorAsync(404, "/v1/chat/completions", Named("nobody-00000000"));
        var missing = await client.ErrorAsync(400, "/v1/chat/completions", Hi);

        Assert.Equal(nobody.ToJsonString(), others.ToJsonString());
        Assert.Equal(("model", "model_not_found"), ((string?)others["param"], (string?)others["code"]));
        Assert.Equal("model", (string?)missing["param"]);
        Assert.Equal(asked, vendor.Requests.Count);
        Assert.Equal([first.RepublicId, second.RepublicId], (await ModelsAsync(client)).Order());
        await client.ErrorAsync(404, $"/v1/models/{foreign.RepublicId}");
    }

    [Fact]
    public async Task A_minions_key_lists_that_minion_alone()
    {
        var minion = await republic.Ada.NewMinionAsync("lonely", vendor);
        await republic.Ada.NewMinionAsync("neighbour", vendor);
        using var client = Outside(minion.Key);

        Assert.Equal([minion.RepublicId], await ModelsAsync(client));
        using var one = await client.SendAsync($"/v1/models/{minion.RepublicId}");
        Assert.Equal("model", (string?)JsonNode.Parse(await one.Content.ReadAsStringAsync(Ct))!["object"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rep_")]
    [InlineData("rep_0123456789012345678901234567890123456789012")]
    [InlineData("rpat_0123456789012345678901234567890123456789012")]
    [InlineData("rpat_")]
    [InlineData("sk-something")]
    [InlineData("x' OR (SELECT pg_sleep(8)) IS NOT NULL --")]
    [InlineData("rep_' OR (SELECT pg_sleep(8)) IS NOT NULL --")]
    public async Task A_key_that_is_no_good_gets_the_same_401_whatever_is_wrong_with_it(string? key)
    {
        using var client = Outside(key);

        foreach (
            var (path, body) in new[]
            {
                ("/v1/models", null),
                ("/v1/chat/completions", Hi),
                ("/v1/chat/completions", "garbage"),
                ("/v1/embeddings", Hi),
            }
        )
        {
            var error = await client.ErrorAsync(401, path, body);
            Assert.Equal(
                """{"message":"The key is missing or not known. Send a minion\u0027s key (rep_\u2026) or a personal access token (rpat_\u2026) as bearer token.","type":"authentication_error","param":null,"code":"invalid_api_key"}""",
                error.ToJsonString()
            );
        }
    }

    [Fact]
    public async Task A_reissued_key_works_at_once_and_the_old_one_no_longer()
    {
        var minion = await republic.Mira.NewMinionAsync("rekeyed", vendor);
        using var old = Outside(minion.Key);
        await old.AnswerAsync(Hi);

        var key = (string)(await republic.Mira.Api.PostAsync($"/api/minions/{minion.Id}/republic-key"))["republic_key"]!;

        await old.ErrorAsync(401, "/v1/chat/completions", Hi);
        using var client = Outside(key);
        await client.AnswerAsync(Hi);
    }

    [Fact]
    public async Task A_change_of_the_minion_a_revoked_token_and_a_deletion_count_from_the_next_call()
    {
        var minion = await republic.Mira.NewMinionAsync("changing", vendor);
        var token = await republic.Mira.Api.PostAsync("/api/account/tokens", new { name = "t" });
        using var byKey = Outside(minion.Key);
        using var byToken = Outside((string)token["token"]!);
        await byKey.AnswerAsync(Hi);
        await byToken.AnswerAsync(Named(minion.RepublicId));

        await republic.Mira.Api.PutAsync($"/api/minions/{minion.Id}", new { display_name = "Changed", model_id = "newer-model" });
        await byKey.AnswerAsync(Hi);
        Assert.Equal("newer-model", (string?)vendor.LastRequest.Body!["model"]);
        Assert.Contains("Changed", (string?)vendor.LastRequest.Body!["messages"]![0]!["content"]);

        await republic.Mira.Api.DeleteAsync($"/api/account/tokens/{token["access_token"]!["id"]}");
        await byToken.ErrorAsync(401, "/v1/chat/completions", Named(minion.RepublicId));

        await republic.Mira.Api.DeleteAsync($"/api/minions/{minion.Id}");
        await byKey.ErrorAsync(401, "/v1/chat/completions", Hi);
        await republic.Mira.Api.PostAsync($"/api/minions/{minion.Id}/restore");
        await byKey.AnswerAsync(Hi);
    }

    [Fact]
    public async Task A_key_may_have_a_last_day_and_a_number_of_calls_a_day()
    {
        var minion = await republic.Mira.NewMinionAsync("limited", vendor);
        var path = $"/api/minions/{minion.Id}/republic-key";
        var limited = (string)(await republic.Mira.Api.PostAsync(path, new { daily_limit = 2 }))["republic_key"]!;
        using var client = Outside(limited);

        await client.AnswerAsync(Hi);
        await client.AnswerAsync(Hi);
        using var third = await client.ChatAsync(Hi);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.Minions.Where(m => m.Id == minion.Id).Select(m => m.RepublicKeyCalls).SingleAsync(Ct)) == 2
        );

        await republic.Mira.Api.ProblemAsync(400, HttpMethod.Post, path, new { expires_at = "2020-01-01T00:00:00Z", daily_limit = 0 });
        var lasting = (string)(await republic.Mira.Api.PostAsync(path, new { expires_at = "2999-01-01T00:00:00Z" }))["republic_key"]!;
        using var again = Outside(lasting);
        await again.AnswerAsync(Hi);
        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.RepublicKeyExpiresAt, DateTimeOffset.UnixEpoch), Ct)
        );
        await republic.Mira.Api.PutAsync($"/api/minions/{minion.Id}", new { description = "expired" });
        await again.ErrorAsync(401, "/v1/chat/completions", Hi);
    }

    [Fact]
    public async Task A_token_without_the_scope_says_so()
    {
        var minion = await republic.Mira.NewMinionAsync("scoped", vendor);
        var token = await republic.Mira.Api.PostAsync("/api/account/tokens", new { name = "t", scopes = (string[])["read"] });
        using var client = Outside((string)token["token"]!);

        Assert.Contains("“chat”", (string?)(await client.ErrorAsync(403, "/v1/chat/completions", Named(minion.RepublicId)))["message"]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private static string Named(string republicId) => $$"""{"model":"{{republicId}}","messages":[{"role":"user","content":"Hi"}]}""";

    private static async Task<IEnumerable<string>> ModelsAsync(OutsideClient client)
    {
        using var response = await client.SendAsync("/v1/models");
        var list = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal("list", (string?)list["object"]);
        return [.. list["data"]!.AsArray().Select(model => (string)model!["id"]!)];
    }

    private static async Task<string> TokenAsync(Inhabitant person) =>
        (string)(await person.Api.PostAsync("/api/account/tokens", new { name = "test" }))["token"]!;

    private OutsideClient Outside(string? key) => new(republic.Address, key);
}
