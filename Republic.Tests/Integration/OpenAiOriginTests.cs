using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions.Access;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Pages of other sites that call <c>/v1</c> from a browser, and which of them may.</summary>
public sealed class OpenAiOriginTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";

    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_whose_origin_the_key_lists_may_call_and_read_what_stands_in_the_headers()
    {
        var page = NewPage();
        var (minion, key) = await MinionAsync(page.ToUpperInvariant() + "/");

        using var preflight = await PreflightAsync(page, Chat);
        using var client = new OutsideClient(republic.Address, key);
        using var answer = await client.ChatAsync(OutsideClient.Hi, ("Origin", page));
        using var models = await client.SendAsync("/v1/models", body: (string?)null, ("Origin", page));
        using var wrong = await client.ChatAsync("{}", ("Origin", page));

        Assert.Equal(204, (int)preflight.StatusCode);
        Assert.Equal(page, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Equal("authorization,x-stainless-lang", Header(preflight, "Access-Control-Allow-Headers"));
        Assert.Contains("POST", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal("600", Header(preflight, "Access-Control-Max-Age"));
        Assert.Contains("Origin", Header(preflight, "Vary"), StringComparison.Ordinal);
        foreach (var (response, status) in new[] { (answer, 200), (models, 200), (wrong, 400) })
        {
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(page, Header(response, "Access-Control-Allow-Origin"));
            Assert.Equal("Origin", Header(response, "Vary"));
            var exposed = Header(response, "Access-Control-Expose-Headers")!.Split(", ");
            Assert.All(
                response
                    .Headers.Select(header => header.Key.ToLowerInvariant())
                    .Where(name =>
                        name.StartsWith("x-republic-", StringComparison.Ordinal) || name.StartsWith("x-rate", StringComparison.Ordinal)
                    ),
                name => Assert.Contains(name, exposed)
            );
            Assert.Contains("x-request-id", exposed);
        }

        var terms = (await republic.Mira.Api.GetAsync($"/api/minions/{minion.Id}/republic-key"))["republic_key"]!;
        Assert.Equal($"""["{page}"]""", terms["allowed_origins"]!.ToJsonString());
    }

    [Fact]
    public async Task A_page_that_only_another_key_lists_passes_the_preflight_and_is_refused_with_this_key()
    {
        var page = NewPage();
        await MinionAsync(page);
        var (_, key) = await MinionAsync(NewPage());
        using var client = new OutsideClient(republic.Address, key);
        var asked = vendor.Requests.Count;

        using var preflight = await PreflightAsync(page, Chat);
        using var refused = await client.ChatAsync(OutsideClient.Hi, ("Origin", page));

        Assert.Equal(204, (int)preflight.StatusCode);
        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Null(Header(refused, "Access-Control-Allow-Origin"));
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Ct))!["error"]!;
        Assert.Equal("permission_error", (string?)error["type"]);
        Assert.Contains("does not list the origin", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(asked, vendor.Requests.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("https://nobody-lists.example")]
    [InlineData("https://nobody-lists.example, https://also-not.example")]
    public async Task A_page_that_no_key_lists_is_refused_before_its_call_and_with_it(string page)
    {
        var (_, key) = await MinionAsync(NewPage());
        using var client = new OutsideClient(republic.Address, key);

        using var preflight = await PreflightAsync(page, Chat);
        using var refused = await client.ChatAsync(OutsideClient.Hi, ("Origin", page));

        Assert.Equal((403, 403), ((int)preflight.StatusCode, (int)refused.StatusCode));
        Assert.Null(Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Null(Header(refused, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_page_that_only_a_key_lists_which_is_over_is_refused_before_its_call()
    {
        var page = NewPage();
        var (minion, _) = await MinionAsync(page);
        using var before = await PreflightAsync(page, Chat);

        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.RepublicKeyExpiresAt, DateTimeOffset.UnixEpoch), Ct)
        );
        await republic.Mira.Api.PutAsync($"/api/minions/{minion.Id}", new { description = "over" });
        using var after = await PreflightAsync(page, Chat);

        Assert.Equal(page, Header(before, "Access-Control-Allow-Origin"));
        Assert.Null(Header(after, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Without_an_origin_and_from_the_servers_own_pages_all_is_as_it_was()
    {
        var (_, key) = await MinionAsync();
        using var client = new OutsideClient(republic.Address, key);

        using var plain = await client.ChatAsync(OutsideClient.Hi);
        using var own = await client.ChatAsync(OutsideClient.Hi, ("Origin", republic.Address.GetLeftPart(UriPartial.Authority)));

        foreach (var response in new[] { plain, own })
        {
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Null(Header(response, "Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task No_page_of_another_site_may_call_with_a_persons_token()
    {
        var page = NewPage();
        var (minion, _) = await MinionAsync(page);
        var token = (string)(await republic.Mira.Api.PostAsync("/api/account/tokens", new { name = "t" }))["token"]!;
        using var client = new OutsideClient(republic.Address, token);

        var error = await client.ErrorAsync(
            403,
            Chat,
            $$"""{"model":"{{minion.RepublicId}}","messages":[{"role":"user","content":"Hi"}]}""",
            ("Origin", page)
        );

        Assert.Contains("personal access token", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_key_lists_changes_at_once_without_a_new_key()
    {
        var (first, second) = (NewPage(), NewPage());
        var (minion, key) = await MinionAsync(first);
        using var client = new OutsideClient(republic.Address, key);
        Assert.Equal((204, 403), (await StatusAsync(first), await StatusAsync(second)));

        await republic.Mira.Api.PutAsync($"/api/minions/{minion.Id}/republic-key/origins", new { allowed_origins = new[] { second } });

        Assert.Equal((403, 204), (await StatusAsync(first), await StatusAsync(second)));
        await client.AnswerAsync(OutsideClient.Hi, ("Origin", second));
        await client.ErrorAsync(403, Chat, OutsideClient.Hi, ("Origin", first));

        // A new key without terms keeps those of the old one.
        var fresh = (string)(await republic.Mira.Api.PostAsync($"/api/minions/{minion.Id}/republic-key"))["republic_key"]!;
        using var anew = new OutsideClient(republic.Address, fresh);
        await anew.AnswerAsync(OutsideClient.Hi, ("Origin", second));
        await republic.Mira.Api.DeleteAsync($"/api/minions/{minion.Id}");
        Assert.Equal(403, await StatusAsync(second));

        async Task<int> StatusAsync(string page)
        {
            using var preflight = await PreflightAsync(page, Chat);
            return (int)preflight.StatusCode;
        }
    }

    [Fact]
    public async Task What_is_no_origin_is_refused_by_its_place_and_another_persons_minion_is_not_there()
    {
        var (minion, _) = await MinionAsync();
        var path = $"/api/minions/{minion.Id}/republic-key";
        object Body(params string[] origins) => new { allowed_origins = origins };

        var put = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Put, $"{path}/origins", Body("https://a.example", "*"));
        var post = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Post, path, Body("https://a.example/path"));
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Put, $"{path}/origins", Body("https://a.example"));
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, path);

        Assert.Contains("allowed_origins[1]", put.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("allowed_origins[0]", post.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_minion_takes_the_list_and_shows_what_is_wrong_with_it()
    {
        var (minion, _) = await MinionAsync();
        var browser = await republic.Mira.BrowserAsync();
        var page = NewPage();
        Task<HttpResponseMessage> SaveAsync(string origins) =>
            browser.SubmitAsync($"/models/{minion.Id}", new Dictionary<string, string> { ["origins"] = origins }, "Origins");

        using var wrong = await SaveAsync("https://*.example");
        using var right = await SaveAsync($"{page}\r\n\r\n{page}/\r\n");

        Assert.Equal(400, (int)wrong.StatusCode);
        var shown = await wrong.Content.ReadAsStringAsync(Ct);
        Assert.Contains("This is no origin.", shown, StringComparison.Ordinal);
        Assert.Contains("https://*.example", shown, StringComparison.Ordinal);
        Assert.Equal(200, (int)right.StatusCode);
        Assert.Equal(
            [page],
            await republic.QueryAsync(db => db.Minions.Where(m => m.Id == minion.Id).Select(m => m.RepublicKeyOrigins).SingleAsync(Ct))
        );
    }

    [Fact]
    public async Task Origins_that_nobody_lists_cost_no_reads_however_many_ask()
    {
        var page = NewPage();
        await MinionAsync(page);
        var databases = new Counted(republic.Services.GetRequiredService<IDbContextFactory<RepublicDb>>());
        var origins = new BrowserOrigins(
            databases,
            republic.Services.GetRequiredService<ApiKeyCache>(),
            republic.Services.GetRequiredService<NodeNotices>(),
            TimeProvider.System
        );

        await Parallel.ForAsync(
            0,
            500,
            Ct,
            async (i, ct) => Assert.False(await origins.AreListingAsync($"https://attacker-{i}.example", ct))
        );

        Assert.True(await origins.AreListingAsync(page, Ct));
        // Not only one: other tests change minions meanwhile.
        Assert.InRange(databases.Contexts, 1, 50);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private sealed class Counted(IDbContextFactory<RepublicDb> all) : IDbContextFactory<RepublicDb>
    {
        private int contexts;

        public int Contexts => contexts;

        public RepublicDb CreateDbContext()
        {
            Interlocked.Increment(ref contexts);
            return all.CreateDbContext();
        }
    }

    private static string NewPage() => $"https://p{Guid.CreateVersion7():n}.example";

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private async Task<(TestMinion Minion, string Key)> MinionAsync(params string[] origins)
    {
        var minion = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():n}", vendor);
        var made = await republic.Mira.Api.PostAsync($"/api/minions/{minion.Id}/republic-key", new { allowed_origins = origins });
        return (minion, (string)made["republic_key"]!);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string page, string path)
    {
        using var http = new HttpClient { BaseAddress = republic.Address };
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.TryAddWithoutValidation("Origin", page);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,x-stainless-lang");
        return await http.SendAsync(request, Ct);
    }
}
