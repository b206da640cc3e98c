using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class AccessTokenTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Tokens = "/api/account/tokens";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_stored_hashed_and_good_wherever_a_bearer_token_is()
    {
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "script" });
        var secret = made["token"]!.GetValue<string>();

        Assert.StartsWith("rpat_", secret, StringComparison.Ordinal);
        Assert.Equal(republic.Jonas.Id, (await With(secret).GetAsync("/api/account/me"))["id"]!.GetValue<Guid>());
        var listed = (await republic.Jonas.Api.GetAsync(Tokens)).ToJsonString();
        Assert.Contains("script", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        var row = await republic.QueryAsync(db =>
            db.AccessTokens.AsNoTracking().SingleAsync(t => t.Hint == secret.Substring(secret.Length - 4) && t.Name == "script")
        );
        Assert.Equal(32, row.Hash.Length);
        Assert.NotNull(row.LastUsedAt);
        Assert.DoesNotContain(republic.Log, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_ends_while_its_request_is_on_the_way_makes_no_token()
    {
        var person = await republic.NewPersonAsync("Late-token");
        Task refused;
        await using (
            var end = await HeldTurn.TakeAsync(republic, db => db.Sessions.Where(s => s.PersonId == person.Id).ExecuteDeleteAsync(Ct))
        )
        {
            refused = person.Api.ProblemAsync(403, HttpMethod.Post, Tokens, new { name = "late" });
            await end.WaitedForAsync(1, "sessions");
        }

        await refused;
        Assert.False(await republic.QueryAsync(db => db.AccessTokens.AnyAsync(t => t.OwnerId == person.Id, Ct)));
    }

    [Theory]
    [InlineData("read", "GET", "/api/account/me", 200)]
    [InlineData("read", "GET", "/v1/models", 403)]
    [InlineData("read", "POST", "/api/minions", 403)]
    [InlineData("write", "GET", "/api/account/me", 403)]
    [InlineData("chat", "GET", "/api/account/me", 403)]
    [InlineData("chat", "GET", "/v1/models", 200)]
    [InlineData("tools", "GET", "/api/account/me", 403)]
    [InlineData("tools", "POST", "/api/minions", 403)]
    [InlineData("tools", "GET", "/v1/models", 403)]
    [InlineData("tools", "GET", "/live", 403)]
    [InlineData("read", "POST", "/mcp", 403)]
    public async Task A_token_may_do_what_its_scopes_say_and_no_more(string scope, string method, string path, int status)
    {
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "narrow", scopes = new[] { scope } });
        using var response = await With(made["token"]!.GetValue<string>())
            .SendAsync(new HttpMethod(method), path, method == "POST" ? new { } : null);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_token_makes_replaces_and_revokes_no_keys()
    {
        var minion = await republic.Jonas.NewMinionAsync("keyholder");
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "everything" });
        var other = await republic.Jonas.Api.PostAsync(Tokens, new { name = "other" });
        var token = With(made["token"]!.GetValue<string>());
        foreach (
            var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Post, Tokens, new { name = "successor" }),
                (HttpMethod.Delete, $"{Tokens}/{other["access_token"]!["id"]}", null),
                (HttpMethod.Post, $"/api/minions/{minion.Id}/republic-key", null),
            }
        )
        {
            var problem = await token.ProblemAsync(403, method, path, body);
            Assert.Contains("Sign in to do that", (string)problem["detail"]!, StringComparison.Ordinal);
        }

        await With(other["token"]!.GetValue<string>()).GetAsync("/api/account/me");
        // With a sign-in all three are possible.
        await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/republic-key", new { });
        await republic.Jonas.Api.DeleteAsync($"{Tokens}/{other["access_token"]!["id"]}");
    }

    [Fact]
    public async Task Pages_take_no_bearer_token()
    {
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "page" });
        foreach (var client in (ApiClient[])[With(made["token"]!.GetValue<string>()), republic.Jonas.Api])
        {
            foreach (var path in (string[])["/models/new", "/account/tokens", "/chats", "/providers"])
            {
                using var page = await client.SendAsync(HttpMethod.Get, path);
                Assert.Contains(
                    "/account/sign-in",
                    page.RequestMessage!.RequestUri!.AbsolutePath + page.Headers.Location,
                    StringComparison.Ordinal
                );
            }

            using var live = await client.Http.GetAsync(
                "/live",
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            Assert.Equal("text/event-stream", live.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task An_expired_and_a_revoked_token_are_worth_nothing()
    {
        var made = await republic.Jonas.Api.PostAsync(
            Tokens,
            new { name = "short", expires_at = DateTimeOffset.Parse("2099-01-01T00:00:00Z") }
        );
        var client = With(made["token"]!.GetValue<string>());
        await client.GetAsync("/api/account/me");
        var id = made["access_token"]!["id"]!.GetValue<Guid>();
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync($"UPDATE access_tokens SET expires_at = now() - interval '1 second' WHERE id = {id}")
        );
        await client.ProblemAsync(401, HttpMethod.Get, "/api/account/me");

        var second = await republic.Jonas.Api.PostAsync(Tokens, new { name = "revoked" });
        await republic.Jonas.Api.DeleteAsync($"{Tokens}/{second["access_token"]!["id"]!.GetValue<Guid>()}");
        await With(second["token"]!.GetValue<string>()).ProblemAsync(401, HttpMethod.Get, "/api/account/me");
    }

    [Fact]
    public async Task Anothers_token_is_not_found()
    {
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "mine" });
        var theirs = await republic.Ada.Api.ProblemAsync(
            404,
            HttpMethod.Delete,
            $"{Tokens}/{made["access_token"]!["id"]!.GetValue<Guid>()}"
        );
        var nobodys = await republic.Ada.Api.ProblemAsync(404, HttpMethod.Delete, $"{Tokens}/{Guid.CreateVersion7()}");
        Assert.Equal(nobodys["detail"]!.ToJsonString(), theirs["detail"]!.ToJsonString());
        Assert.DoesNotContain("mine", (await republic.Ada.Api.GetAsync(Tokens)).ToJsonString(), StringComparison.Ordinal);
        await With(made["token"]!.GetValue<string>()).GetAsync("/api/account/me");
    }

    [Fact]
    public async Task A_token_cannot_make_a_token_that_may_more_than_itself()
    {
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "writer", scopes = new[] { "write" } });
        await With(made["token"]!.GetValue<string>()).ProblemAsync(403, HttpMethod.Post, Tokens, new { name = "all" });
    }

    [Fact]
    public async Task What_is_wrong_with_a_token_is_said_field_by_field()
    {
        var problem = await republic.Jonas.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            Tokens,
            new
            {
                name = " ",
                scopes = new[] { "admin" },
                expires_at = DateTimeOffset.UnixEpoch,
            }
        );
        Assert.Equal(["expires_at", "name", "scopes"], problem["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scope_that_is_null_is_none()
    {
        var problem = await republic.Jonas.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            Tokens,
            new { name = "empty", scopes = new string?[] { "read", null } }
        );
        Assert.Equal(["scopes"], problem["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task An_end_is_told_in_the_time_of_any_place()
    {
        var made = await republic.Jonas.Api.PostAsync(Tokens, new { name = "east", expires_at = "2099-01-01T00:00:00+02:00" });
        var ends = made["access_token"]!["expires_at"]!.GetValue<DateTimeOffset>();
        Assert.Equal(new DateTimeOffset(2098, 12, 31, 22, 0, 0, TimeSpan.Zero), ends);
    }

    private ApiClient With(string token)
    {
        var client = new ApiClient(new HttpClient { BaseAddress = republic.Address });
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
