using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Signing in to a tool server: the whole way there and back, and everything that can go wrong on it.</summary>
public sealed class ToolServerOAuthTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Nobody has more than 20.</summary>
    public async ValueTask DisposeAsync() =>
        await republic.QueryAsync(db =>
            db.ToolServers.Where(server => server.OwnerId == republic.Jonas.Id || server.OwnerId == republic.Ada.Id).ExecuteDeleteAsync()
        );

    [Fact]
    public async Task Whoever_signs_in_has_the_tools()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        Assert.Equal("sign_in", (string?)(await server.ReadAsync())["status"]);

        var page = await republic.Jonas.BeginSignInAsync(server, authorization);
        using var back = await republic.Jonas.FinishSignInAsync(server, page["state"]!);

        Assert.Equal($"/tools/servers/{server.Id}", back.Headers.Location?.OriginalString);
        var card = await server.ReadAsync();
        Assert.Equal("fine", (string?)card["status"]);
        Assert.Single(card["tools"]!.AsArray());
        Assert.Contains($"Authorization: Bearer {authorization.Access}", stub.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal("code", page["response_type"]);
        Assert.Equal("S256", page["code_challenge_method"]);
        Assert.Equal(stub.Url, page["resource"]);
        Assert.Equal("tools:call", page["scope"]);
        var redirect = $"{republic.Address.GetLeftPart(UriPartial.Authority)}/tools/servers/{server.Id}/oauth";
        Assert.Equal(redirect, page["redirect_uri"]);
        Assert.Contains(redirect, Assert.Single(authorization.Registrations), StringComparison.Ordinal);
        Assert.Contains($"resource={stub.Url}", Assert.Single(authorization.TokenRequests), StringComparison.Ordinal);
        var actions = await republic.QueryAsync(db =>
            db.AuditEntries.Where(entry => entry.PersonId == republic.Jonas.Id).Select(entry => entry.Action).ToListAsync(Ct)
        );
        Assert.Contains(AuditActions.ToolServerSignedIn, actions);
    }

    [Fact]
    public async Task A_wrong_state_and_none_at_all_sign_nobody_in()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        await republic.Jonas.BeginSignInAsync(server, authorization);

        using var wrong = await republic.Jonas.FinishSignInAsync(server, "wrong");
        using var empty = await republic.Jonas.FinishSignInAsync(server, "");

        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, empty.StatusCode);
        Assert.Empty(authorization.TokenRequests);
        Assert.Equal("sign_in", (string?)(await server.ReadAsync())["status"]);
    }

    [Fact]
    public async Task The_state_of_somebody_else_signs_nobody_in()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var his = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var hers = await HeldToolServer.AddAsync(republic, republic.Ada, stub);
        var state = (await republic.Jonas.BeginSignInAsync(his, authorization))["state"]!;
        await republic.Ada.BeginSignInAsync(hers, authorization);

        using var atHers = await republic.Ada.FinishSignInAsync(hers, state);
        using var atHis = await republic.Ada.FinishSignInAsync(his, state);

        Assert.Equal(HttpStatusCode.Conflict, atHers.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, atHis.StatusCode);
        Assert.Empty(authorization.TokenRequests);
    }

    [Fact]
    public async Task A_state_is_of_use_once()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var state = (await republic.Jonas.BeginSignInAsync(server, authorization))["state"]!;

        using var once = await republic.Jonas.FinishSignInAsync(server, state);
        using var twice = await republic.Jonas.FinishSignInAsync(server, state);

        Assert.Equal(HttpStatusCode.Redirect, once.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Single(authorization.TokenRequests);
    }

    [Fact]
    public async Task Who_declines_there_is_told_so_and_so_is_who_comes_from_elsewhere()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);

        var state = (await republic.Jonas.BeginSignInAsync(server, authorization))["state"]!;
        var declined = await TextAsync(republic.Jonas, $"{server.SignInPage()}?state={state}&error=access_denied");
        state = (await republic.Jonas.BeginSignInAsync(server, authorization))["state"]!;
        var elsewhere = await TextAsync(
            republic.Jonas,
            $"{server.SignInPage()}?state={state}&code={AuthorizationStub.Code}&iss=http%3A%2F%2Fevil.example"
        );

        Assert.Contains("access_denied", declined, StringComparison.Ordinal);
        Assert.Contains("Somebody else", elsewhere, StringComparison.Ordinal);
        Assert.Empty(authorization.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_ran_out_or_is_not_taken_is_renewed_silently(bool runsOut)
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { Lifetime = runsOut ? 1 : 3600 };
        var server = await republic.Jonas.SignedInServerAsync(republic, stub, authorization);
        var before = authorization.TokenRequests.Count;
        if (!runsOut)
        {
            authorization.Revoke();
        }

        var read = await server.RefreshAsync();

        Assert.Equal("fine", (string?)read["status"]);
        Assert.Equal(before + 1, authorization.TokenRequests.Count);
        Assert.StartsWith("grant_type=refresh_token", authorization.TokenRequests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_is_not_renewed_says_so_and_can_be_made_again()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await republic.Jonas.SignedInServerAsync(republic, stub, authorization);
        authorization.RefusesToRenew = true;
        authorization.Revoke();

        var read = await server.RefreshAsync();
        var asked = authorization.TokenRequests.Count;
        await server.RefreshAsync();

        Assert.Equal("sign_in", (string?)read["status"]);
        Assert.Contains("invalid_grant", (string?)read["error"], StringComparison.Ordinal);
        // What was refused once is not asked for again.
        Assert.Equal(asked, authorization.TokenRequests.Count);
        var state = (await republic.Jonas.BeginSignInAsync(server, authorization))["state"]!;
        using var back = await republic.Jonas.FinishSignInAsync(server, state);
        Assert.Equal("fine", (string?)(await server.ReadAsync())["status"]);
    }

    [Fact]
    public async Task Tokens_are_sealed_and_go_to_no_other_address()
    {
        await using var stub = new ToolServerStub();
        await using var other = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await republic.Jonas.SignedInServerAsync(republic, stub, authorization);
        var row = await server.RowAsync();

        Assert.Equal(-1, row.SealedOAuth.AsSpan().IndexOf("canary-"u8));
        Assert.DoesNotContain("canary-", (await server.ReadAsync()).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(republic.Log, line => line.Contains("canary-access", StringComparison.Ordinal));

        // Somebody wrote another address beside them.
        await republic.QueryAsync(db =>
            db.ToolServers.Where(one => one.Id == server.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Url, other.Url), Ct)
        );
        var read = await server.RefreshAsync();
        Assert.Contains("another address", (string?)read["error"], StringComparison.Ordinal);
        Assert.Empty(other.Requests);

        // The person did.
        await republic.QueryAsync(db =>
            db.ToolServers.Where(one => one.Id == server.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Url, stub.Url), Ct)
        );
        await republic.Jonas.Api.PutAsync(server.Path, new { url = other.Url });
        Assert.NotEmpty(other.Requests);
        Assert.All(other.Requests, request => Assert.DoesNotContain("canary-", request, StringComparison.Ordinal));
        Assert.Null((await server.RowAsync()).SealedOAuth);
    }

    [Theory]
    [InlineData("http://10.0.0.1/authorize", "S256", "private address")]
    [InlineData("http://169.254.169.254/authorize", "S256", "never allowed")]
    [InlineData("javascript:alert(1)", "S256", "must start with")]
    [InlineData("", "S256", "missing")]
    [InlineData(null, "plain", "PKCE")]
    public async Task Nobody_is_sent_where_they_should_not_go(string? page, string method, string words)
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { Methods = method };
        authorization.Authorization = page ?? authorization.Authorization;
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);

        using var refused = await republic.Jonas.PressSignInAsync(server);

        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        var text = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Continue at", text, StringComparison.Ordinal);
        Assert.Empty(authorization.Registrations);
    }

    [Fact]
    public async Task A_description_at_a_private_address_is_not_read()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { Metadata = "http://169.254.169.254/latest/meta-data" };
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);

        using var refused = await republic.Jonas.PressSignInAsync(server);

        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        Assert.Contains("never allowed", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_of_the_token_request_is_not_followed()
    {
        await using var stub = new ToolServerStub();
        await using var other = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { LeadsTo = other.Url };
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var state = (await republic.Jonas.BeginSignInAsync(server, authorization))["state"]!;

        using var failed = await republic.Jonas.FinishSignInAsync(server, state);

        Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("resource")]
    [InlineData("authorization_servers")]
    [InlineData("issuer")]
    [InlineData("client_id")]
    public async Task With_half_a_character_in_what_it_says_nobody_is_sent_there(string member)
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { Halved = member };
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);

        using var refused = await republic.Jonas.PressSignInAsync(server);

        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
    }

    [Theory]
    [InlineData("client_secret")]
    [InlineData("access_token")]
    public async Task With_half_a_character_in_what_it_gives_nobody_is_signed_in(string member)
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { Halved = member };
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var state = (await republic.Jonas.BeginSignInAsync(server, authorization))["state"]!;

        using var failed = await republic.Jonas.FinishSignInAsync(server, state);

        Assert.Equal(HttpStatusCode.BadGateway, failed.StatusCode);
        Assert.Equal("sign_in", (string?)(await server.ReadAsync())["status"]);
    }

    private static async Task<string> TextAsync(Inhabitant person, string path)
    {
        using var response = await (await person.BrowserAsync()).GetAsync(path);
        return await response.Content.ReadAsStringAsync(Ct);
    }
}
