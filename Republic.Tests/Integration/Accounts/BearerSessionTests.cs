using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;
using Republic.Tests.World;
using Republic.Web.Http.Auth;

namespace Republic.Tests.Integration.Accounts;

/// <summary>Sessions of apps: their refresh tokens, their list, their end, and the streams that end with them.</summary>
public sealed class BearerSessionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_second_use_ends_the_session()
    {
        var person = await republic.NewPersonAsync("Rota");
        var first = await LoginAsync(person);
        var second = await Nobody().PostAsync("/api/account/refresh", new { refresh_token = (string)first["refresh_token"]! });
        var third = await Nobody().PostAsync("/api/account/refresh", new { refresh_token = (string)second["refresh_token"]! });
        await With(third).GetAsync("/api/account/me");

        await Nobody().ProblemAsync(401, HttpMethod.Post, "/api/account/refresh", new { refresh_token = (string)first["refresh_token"]! });

        // Whoever has the newest pair may be the thief.
        await With(third).ProblemAsync(401, HttpMethod.Get, "/api/account/me");
        await Nobody().ProblemAsync(401, HttpMethod.Post, "/api/account/refresh", new { refresh_token = (string)third["refresh_token"]! });
        await person.Api.GetAsync("/api/account/me");
        var activity = (await person.Api.GetAsync("/api/account/activity"))["entries"]!.AsArray();
        Assert.Contains(activity, entry => (string?)entry!["subject"] == "a refresh token was used twice");
    }

    [Fact]
    public async Task Of_two_that_refresh_at_once_one_gets_a_pair()
    {
        var person = await republic.NewPersonAsync("Twin");
        var pair = await LoginAsync(person);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Nobody().SendAsync(HttpMethod.Post, "/api/account/refresh", new { refresh_token = (string)pair["refresh_token"]! })
                )
        );

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_no_other()
    {
        var person = await republic.NewPersonAsync("Outi");
        var pair = await LoginAsync(person);

        await With(pair).PostAsync("/api/account/logout");

        await With(pair).ProblemAsync(401, HttpMethod.Get, "/api/account/me");
        await Nobody().ProblemAsync(401, HttpMethod.Post, "/api/account/refresh", new { refresh_token = (string)pair["refresh_token"]! });
        await person.Api.GetAsync("/api/account/me");
    }

    [Fact]
    public async Task Sessions_are_listed_and_one_is_ended()
    {
        var person = await republic.NewPersonAsync("Lista");
        var pair = await LoginAsync(person);
        var browser = await person.BrowserAsync();
        var sessions = (await With(pair).GetAsync("/api/account/sessions"))["sessions"]!.AsArray();

        Assert.Equal(3, sessions.Count);
        var here = Assert.Single(sessions, session => (bool)session!["is_current"]!)!;
        var other = Assert.Single(sessions, session => (bool)session!["is_browser"]!)!;
        Assert.Contains("End this one", await browser.ReadAsync("/account/security"), StringComparison.Ordinal);

        await With(pair).DeleteAsync($"/api/account/sessions/{other["id"]}");

        using var away = await browser.GetAsync("/account");
        Assert.Equal(302, (int)away.StatusCode);
        Assert.Equal((string)here["id"]!, (string)(await With(pair).GetAsync("/api/account/sessions"))["sessions"]![0]!["id"]!);
    }

    [Fact]
    public async Task A_page_ends_another_session()
    {
        var person = await republic.NewPersonAsync("Pagina");
        var browser = await person.BrowserAsync();
        var own = (string)
            (await person.Api.GetAsync("/api/account/sessions"))["sessions"]!.AsArray().Single(session => (bool)session!["is_current"]!)![
                "id"
            ]!;

        using var ended = await browser.SubmitAsync("/account/security", new Dictionary<string, string>(), own);

        await person.Api.ProblemAsync(401, HttpMethod.Get, "/api/account/me");
    }

    [Fact]
    public async Task A_live_stream_ends_with_its_session_and_with_its_token()
    {
        var person = await republic.NewPersonAsync("Streamer");
        var pair = await LoginAsync(person);
        var token = await person.Api.PostAsync("/api/account/tokens", new { name = "watcher" });
        var bySession = await EndOfStreamAsync((string)pair["access_token"]!);
        var byToken = await EndOfStreamAsync((string)token["token"]!);
        var other = await EndOfStreamAsync(person.Api.Http.DefaultRequestHeaders.Authorization!.Parameter!);

        await With(pair).PostAsync("/api/account/logout");
        await person.Api.DeleteAsync($"/api/account/tokens/{token["access_token"]!["id"]}");

        await Task.WhenAll(bySession, byToken).WaitAsync(TimeSpan.FromSeconds(20), Ct);
        Assert.False(other.IsCompleted);
    }

    [Fact]
    public async Task A_live_stream_ends_when_its_bearer_token_expires()
    {
        var person = await republic.NewPersonAsync("Brief");
        var stream = await EndOfStreamAsync(await BriefTokenAsync(person));

        await stream.WaitAsync(TimeSpan.FromSeconds(60), Ct);
    }

    [Fact]
    public async Task Of_64_streams_the_next_is_refused()
    {
        var person = await republic.NewPersonAsync("Crowd");
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 64; i++)
        {
            open.Add(await person.Api.Http.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Ct));
        }

        using var refused = await person.Api.Http.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var strangers = await republic.Ada.Api.Http.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Ct);

        Assert.All(open, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal(200, (int)strangers.StatusCode);
        open.ForEach(answer => answer.Dispose());
    }

    private async Task<Task> EndOfStreamAsync(string bearer)
    {
        var http = new HttpClient { BaseAddress = republic.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        var answer = await http.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(200, (int)answer.StatusCode);
        return ReadToEndAsync();

        async Task ReadToEndAsync()
        {
            using (http)
            using (answer)
            {
                await (await answer.Content.ReadAsStreamAsync(Ct)).CopyToAsync(Stream.Null, Ct);
            }
        }
    }

    private Task<JsonNode> LoginAsync(Inhabitant person) =>
        Nobody().PostAsync("/api/account/login", new { email = person.Email, password = person.Password });

    private ApiClient Nobody() => new(new HttpClient { BaseAddress = republic.Address });

    private ApiClient With(JsonNode pair)
    {
        var client = Nobody();
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)pair["access_token"]!);
        return client;
    }

    /// <summary>As a republic issues it whose access tokens live a quarter of a minute.</summary>
    private async Task<string> BriefTokenAsync(Inhabitant person)
    {
        await using var scope = republic.Services.CreateAsyncScope();
        var options = Options.Create(new AccountOptions { AccessTokenLife = TimeSpan.FromSeconds(15) });
        var tokens = ActivatorUtilities.CreateInstance<BearerTokens>(scope.ServiceProvider, options);
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().FindByIdAsync(person.Id.ToString());
        return (await tokens.IssueAsync(account!, "brief", Ct)).AccessToken;
    }
}
