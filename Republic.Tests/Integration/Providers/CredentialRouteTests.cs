using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Providers.Credentials;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using CredentialCache = Republic.Core.Providers.Credentials.CredentialCache;

namespace Republic.Tests.Integration.Providers;

/// <summary>With which of several keys a minion is asked.</summary>
public sealed class CredentialRouteTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Work = "sk-work-key-0123456789";
    private const string Home = "sk-home-key-0123456789";
    private readonly FakeVendor vendor = new();
    private Inhabitant person = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");

    [Fact]
    public async Task A_minion_uses_its_own_key_else_the_one_it_names_else_the_default()
    {
        await StoreAsync(Work, "Work");
        var home = await StoreAsync(Home, "Home");
        var minion = await KeylessAsync();

        Assert.Equal(Work, await AskedWithAsync(minion));

        var path = $"/api/minions/{minion.Id}";
        var named = await person.Api.PutAsync(path, new { credential_id = home });
        Assert.Equal(home, (string?)named["minion"]!["credential_id"]);
        Assert.Equal(Home, await AskedWithAsync(minion));

        var own = await person.Api.PutAsync(path, new { base_url = vendor.BaseUrl, api_key = FakeVendor.Key });
        Assert.Null(own["minion"]!["credential_id"]);
        Assert.Equal(FakeVendor.Key, await AskedWithAsync(minion));

        var again = await person.Api.PutAsync(path, new { credential_id = home });
        Assert.False((bool)again["minion"]!["api_key_set"]!);
        Assert.Equal(Home, await AskedWithAsync(minion));

        await person.Api.DeleteAsync($"{Keys}/{home}");
        Assert.Equal(Work, await AskedWithAsync(minion));
        Assert.Null((await person.Api.GetAsync(path))["minion"]!["credential_id"]);
    }

    [Fact]
    public async Task Keys_that_share_a_load_take_turns_by_who_is_less_busy()
    {
        await StoreAsync(Work, "Work");
        await StoreAsync(Home, "Home", sharesLoad: true);
        var minion = await KeylessAsync();
        using var client = new OutsideClient(republic.Address, minion.Key);
        var hand = vendor.AnswersByHand();

        var first = client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        hand.Says("One moment");
        using var open = await first;
        vendor.Answers("Hello");
        await client.AnswerAsync(OutsideClient.Hi);
        var busy = vendor.Requests.Select(request => request.Authorization).ToList();
        hand.Ends();
        await open.Content.ReadAsStringAsync(Ct);

        Assert.Equal([$"Bearer {Work}", $"Bearer {Home}"], busy);
    }

    [Fact]
    public async Task A_refused_default_is_followed_by_the_key_that_shares_its_load_and_the_receipt_names_both()
    {
        await StoreAsync(Work, "Work");
        await StoreAsync(Home, "Home", sharesLoad: true);
        vendor.AnswersTo(request => request.Authorization == $"Bearer {Work}" ? null : "Here I am");
        var minion = await KeylessAsync();
        var chat = await Chat.BeginAsync(person, minion.Id);

        var answer = await chat.AskAsync("Are you there?");

        Assert.Equal("Here I am", Chat.Content(answer));
        Assert.Equal(
            [("Work", "failed"), ("Home", "answered")],
            answer["route"]!["hops"]!.AsArray().Select(attempt => ((string)attempt!["key"]!, (string)attempt["outcome"]!))
        );
    }

    [Fact]
    public async Task A_fallback_may_name_a_key_and_else_uses_that_of_the_place_it_goes_to()
    {
        await using var other = new FakeVendor();
        vendor.Refuses(HttpStatusCode.ServiceUnavailable, "no room");
        await StoreAsync(Work, "Work");
        var there = await StoreAsync(Home, "There", other.BaseUrl);
        var minion = await KeylessAsync(
            new JsonArray(
                new JsonObject
                {
                    ["provider"] = "custom",
                    ["model_id"] = "spare",
                    ["credential_id"] = there,
                }
            )
        );

        Assert.Equal(Home, await AskedWithAsync(minion, other));
        Assert.All(vendor.Requests, request => Assert.Equal($"Bearer {Work}", request.Authorization));

        await person.Api.PutAsync(
            $"/api/minions/{minion.Id}",
            new
            {
                fallbacks = new[]
                {
                    new
                    {
                        provider = "custom",
                        model_id = "spare",
                        base_url = other.BaseUrl,
                    },
                },
            }
        );
        Assert.Equal(Home, await AskedWithAsync(minion, other));
    }

    [Fact]
    public async Task A_key_that_cannot_be_opened_is_passed_over_with_the_reason()
    {
        await using var other = new FakeVendor();
        var broken = await StoreAsync(Work, "Work");
        var minion = await KeylessAsync(
            new JsonArray(
                new JsonObject
                {
                    ["provider"] = "custom",
                    ["model_id"] = "spare",
                    ["base_url"] = other.BaseUrl.ToString(),
                }
            ),
            consent: true
        );
        var id = Guid.Parse(broken);
        await republic.QueryAsync(db =>
            db.Credentials.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedKey, new byte[] { 1, 2, 3 }), Ct)
        );
        republic.Services.GetRequiredService<CredentialCache>().Changed(person.Id, isShared: false);
        var chat = await Chat.BeginAsync(person, minion.Id);

        var attempts = (await chat.AskAsync("Hello"))["route"]!["hops"]!.AsArray();

        Assert.Equal(["passed_over", "answered"], attempts.Select(attempt => (string)attempt!["outcome"]!));
        Assert.Contains("cannot be opened", (string?)attempts[0]!["reason"]);
        Assert.Empty(vendor.Requests);
        // Without a fallback the person is told, and with one that nobody agreed to nothing leaves this machine.
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new { fallback_consent = false });
        using var client = new OutsideClient(republic.Address, minion.Key);
        using var refused = await client.ChatAsync(OutsideClient.Hi);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("cannot be opened", await refused.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Anothers_key_can_be_neither_named_nor_used()
    {
        var stranger = await republic.NewPersonAsync($"S{Guid.CreateVersion7():N}");
        var theirs = await StoreAsync(Work, "Work");
        var minion = await stranger.NewMinionAsync("thief", vendor, new JsonObject { ["api_key"] = null });

        var named = await stranger.Api.ProblemAsync(400, HttpMethod.Put, $"/api/minions/{minion.Id}", new { credential_id = theirs });
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "m",
            ["credential_id"] = theirs,
        };
        var asFallback = await stranger.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            $"/api/minions/{minion.Id}",
            new JsonObject { ["fallbacks"] = new JsonArray(fallback) }
        );
        await stranger.Api.PostAsync($"/api/minions/{minion.Id}/test");

        Assert.Contains("No key of yours has this id", named.ToJsonString());
        Assert.Contains("No key of yours has this id", asFallback.ToJsonString());
        Assert.Null(vendor.LastRequest.Authorization);
    }

    [Fact]
    public async Task A_named_key_does_not_travel_with_a_minion_to_another_address_or_provider()
    {
        await using var thief = new FakeVendor();
        var work = await StoreAsync(Work, "Work");
        var minion = await KeylessAsync();
        var path = $"/api/minions/{minion.Id}";
        await person.Api.PutAsync(path, new { credential_id = work });

        var moved = await person.Api.ProblemAsync(400, HttpMethod.Put, path, new { base_url = thief.BaseUrl });
        var turned = await person.Api.ProblemAsync(400, HttpMethod.Put, path, new { provider = "openai" });

        Assert.Equal(["base_url"], moved["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(["credential_id"], turned["errors"]!.AsObject().Select(error => error.Key));
        // The default is not sent there either.
        await person.Api.PutAsync(path, new { credential_id = (string?)null, base_url = thief.BaseUrl });
        await person.Api.PostAsync($"{path}/test");
        Assert.Null(thief.LastRequest.Authorization);
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private string Keys => $"/api/users/{person.Id}/providers";

    private async Task<string> StoreAsync(string key, string label, Uri? address = null, bool sharesLoad = false)
    {
        var made = await person.Api.PostAsync(
            Keys,
            new
            {
                provider = "custom",
                label,
                base_url = address ?? vendor.BaseUrl,
                api_key = key,
                shares_load = sharesLoad,
            }
        );
        return (string)made["provider"]!["id"]!;
    }

    /// <summary>A minion with neither key nor address.</summary>
    private async Task<TestMinion> KeylessAsync(JsonArray? fallbacks = null, bool consent = false) =>
        await person.NewMinionAsync(
            $"keyless-{Guid.CreateVersion7():N}",
            vendor,
            new JsonObject
            {
                ["base_url"] = null,
                ["api_key"] = null,
                ["fallbacks"] = fallbacks ?? [],
                ["fallback_consent"] = consent,
            }
        );

    private async Task<string?> AskedWithAsync(TestMinion minion, FakeVendor? whom = null)
    {
        using var client = new OutsideClient(republic.Address, minion.Key);
        await client.AnswerAsync(OutsideClient.Hi);
        return (whom ?? vendor).LastRequest.Authorization?["Bearer ".Length..];
    }
}
