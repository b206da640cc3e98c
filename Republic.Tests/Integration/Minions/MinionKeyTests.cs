using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>A provider's key goes in and never comes out, and goes only where it was entered for.</summary>
public sealed class MinionKeyTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Key = "nvapi-SUPERSECRET-abcdef-Cy-Yw";

    [Fact]
    public async Task A_key_is_in_no_answer_no_page_no_log_no_card_and_not_in_the_database()
    {
        var minion = await republic.Jonas.NewMinionAsync(
            "keeper",
            more: new JsonObject
            {
                ["provider"] = "nvidia",
                ["model_id"] = "m",
                ["api_key"] = Key,
            }
        );
        var browser = await republic.Jonas.BrowserAsync();
        string[] seen =
        [
            (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}")).ToJsonString(),
            (await republic.Jonas.Api.GetAsync("/api/minions")).ToJsonString(),
            (await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new { api_key = Key })).ToJsonString(),
            (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}/card")).ToJsonString(),
            (await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Post, "/api/minions", new { api_key = Key, name = 1 })).ToJsonString(),
            await browser.ReadAsync("/models"),
            await browser.ReadAsync($"/models/{minion.Id}"),
            await browser.ReadAsync($"/models/{minion.Id}/edit"),
            string.Join('\n', republic.Log),
        ];
        Assert.All(seen, text => Assert.DoesNotContain("SUPERSECRET", text));
        Assert.Contains("…Cy-Yw", System.Net.WebUtility.HtmlDecode(seen[6]));
        var row = await republic.QueryAsync(db => db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion.Id));
        Assert.DoesNotContain("SUPERSECRET", System.Text.Encoding.UTF8.GetString(row.SealedApiKey!));
        Assert.Equal("…Cy-Yw", row.ApiKeyHint);
    }

    [Fact]
    public async Task A_key_stays_when_it_is_not_sent_and_goes_when_null_is()
    {
        var minion = await republic.Jonas.NewMinionAsync(
            "holder",
            more: new JsonObject
            {
                ["provider"] = "openai",
                ["model_id"] = "m",
                ["api_key"] = Key,
            }
        );
        var kept = (await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new { description = "other" }))["minion"]!;
        Assert.True(kept["api_key_set"]!.GetValue<bool>());
        var gone = (await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new JsonObject { ["api_key"] = null }))["minion"]!;
        Assert.False(gone["api_key_set"]!.GetValue<bool>());
        Assert.Null(gone["api_key_hint"]);
    }

    [Fact]
    public async Task An_address_that_changes_wants_the_key_again()
    {
        await using var vendor = new FakeVendor();
        await using var thief = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("moving", vendor);
        var path = $"/api/minions/{minion.Id}";

        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Put, path, new { base_url = thief.BaseUrl });
        Assert.Equal(["api_key"], problem["errors"]!.AsObject().Select(error => error.Key));
        await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Put, path, new { provider = "openai", base_url = (string?)null });
        // By way of a provider that has no address the key does not travel either.
        await republic.Jonas.Api.PutAsync(path, new { provider = "local", base_url = (string?)null });
        await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Put, path, new { provider = "custom", base_url = thief.BaseUrl });

        await republic.Jonas.Api.PutAsync(
            path,
            new
            {
                provider = "custom",
                base_url = thief.BaseUrl,
                api_key = "sk-another-0123456789",
            }
        );
        await republic.Jonas.Api.PostAsync($"{path}/test");
        Assert.Equal("Bearer sk-another-0123456789", Assert.Single(thief.Requests).Authorization);
        Assert.DoesNotContain(FakeVendor.Key, string.Join('\n', thief.Requests.Select(request => request.Authorization)));
    }

    [Fact]
    public async Task A_stored_key_is_not_sent_to_an_address_that_was_only_typed()
    {
        await using var vendor = new FakeVendor();
        await using var thief = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync("typed-over", vendor);
        var connection = republic.Services.GetRequiredService<MinionConnection>();
        var draft = new MinionInput
        {
            Provider = "custom",
            ModelId = "vendor-model",
            BaseUrl = thief.BaseUrl.ToString(),
        };
        var ct = TestContext.Current.CancellationToken;

        var test = await connection.TestDraftAsync(republic.Jonas.Id, minion.Id, draft, ct);
        var list = await connection.ListDraftAsync(republic.Jonas.Id, minion.Id, draft, ct);
        Assert.Equal(["api_key"], test.Failure!.Fields.Select(field => field.Field));
        Assert.Equal(["api_key"], list.Failure!.Fields.Select(field => field.Field));
        Assert.Empty(thief.Requests);

        draft.BaseUrl = vendor.BaseUrl.ToString();
        Assert.True((await connection.TestDraftAsync(republic.Jonas.Id, minion.Id, draft, ct)).Value!.Ok);
        Assert.Equal($"Bearer {FakeVendor.Key}", vendor.LastRequest.Authorization);

        // Somebody else's minion lends its key to nobody.
        var other = await connection.TestDraftAsync(republic.Ada.Id, minion.Id, draft, ct);
        Assert.True(other.Ok);
        Assert.Null(vendor.LastRequest.Authorization);
    }

    [Fact]
    public async Task A_republic_key_is_stored_as_its_hash_and_a_new_one_ends_the_old()
    {
        var minion = await republic.Jonas.NewMinionAsync("reachable");
        var first = await HashAsync(minion.Id);
        var fresh = (await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/republic-key"))["republic_key"]!.GetValue<string>();
        Assert.NotEqual(minion.Key, fresh);
        Assert.Equal(RepublicKey.HashOf(minion.Key), first);
        Assert.Equal(RepublicKey.HashOf(fresh), await HashAsync(minion.Id));
        Assert.DoesNotContain("rep_", (await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}")).ToJsonString());
    }

    [Fact]
    public async Task A_republic_keys_end_is_told_in_the_time_of_any_place()
    {
        var minion = await republic.Jonas.NewMinionAsync("eastern");
        await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/republic-key", new { expires_at = "2099-01-01T00:00:00+02:00" });
        var ends = await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id).Select(m => m.RepublicKeyExpiresAt).SingleAsync()
        );
        Assert.Equal(new DateTimeOffset(2098, 12, 31, 22, 0, 0, TimeSpan.Zero), ends);
    }

    private Task<byte[]> HashAsync(Guid id) =>
        republic.QueryAsync(db => db.Minions.Where(m => m.Id == id).Select(m => m.RepublicKeyHash).SingleAsync());
}
