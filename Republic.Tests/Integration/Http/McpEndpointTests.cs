using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>Who may call <c>/mcp</c>, and how it speaks; <see cref="McpToolTests"/> is what its tools do.</summary>
public sealed class McpEndpointTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly string[] Tools =
    [
        "ask_minion",
        "comment_task",
        "create_task",
        "list_collections",
        "list_minions",
        "list_tasks",
        "read_task",
        "search_collection",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_greeted_and_told_of_the_tools_and_of_what_they_do()
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);

        var greeted = await client.AskAsync(
            "initialize",
            new
            {
                protocolVersion = "2025-06-18",
                capabilities = new { },
                clientInfo = new { name = "tests", version = "1" },
            }
        );
        using var noted = await client.SendAsync("notifications/initialized");
        var pong = await client.AskAsync("ping");
        var listed = (await client.AskAsync("tools/list"))["result"]!["tools"]!.AsArray();

        Assert.Equal("republic", (string)greeted["result"]!["serverInfo"]!["name"]!);
        Assert.Equal("2025-06-18", (string)greeted["result"]!["protocolVersion"]!);
        Assert.NotNull(greeted["result"]!["capabilities"]!["tools"]);
        Assert.Equal(HttpStatusCode.Accepted, noted.StatusCode);
        Assert.NotNull(pong["result"]);
        Assert.Equal(Tools, listed.Select(tool => (string)tool!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(listed, tool => Assert.InRange(((string)tool!["description"]!).Length, 20, 300));
        Assert.Equal(
            ["ask_minion", "comment_task", "create_task"],
            listed
                .Where(tool => (bool?)tool!["annotations"]!["readOnlyHint"] != true)
                .Select(tool => (string)tool!["name"]!)
                .Order(StringComparer.Ordinal)
        );
        var asked = listed.Single(tool => (string)tool!["name"]! == "ask_minion")!["inputSchema"]!;
        Assert.Equal(["minion", "message"], asked["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(["minion", "message"], asked["required"]!.AsArray().Select(name => (string)name!));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("chat")]
    public async Task Another_scope_opens_no_tools(string scope)
    {
        using var client = new McpRequests(republic, await McpRequests.TokenAsync(republic.Jonas, scope));

        using var response = await client.SendAsync("tools/list");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            "“tools”",
            (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["detail"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_but_an_access_token_opens_them()
    {
        var minion = await republic.Jonas.NewMinionAsync("doorkeeper");
        var session = republic.Jonas.Api.Http.DefaultRequestHeaders.Authorization!.Parameter;
        var revoked = await republic.Jonas.Api.PostAsync("/api/account/tokens", new { name = "short", scopes = new[] { "tools" } });
        await republic.Jonas.Api.DeleteAsync($"/api/account/tokens/{revoked["access_token"]!["id"]}");

        foreach (var key in new[] { null, minion.Key, session, revoked["token"]!.GetValue<string>(), "rpat_none" })
        {
            using var client = new McpRequests(republic, key);
            using var response = await client.SendAsync("tools/list");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        }

        var browser = await republic.Jonas.BrowserAsync();
        using var cookie = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json");
        using var refused = await browser.Http.PostAsync("/mcp", cookie, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:3000", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_page_of_another_site_calls_no_tools_even_with_a_good_token(string? origin, HttpStatusCode status)
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);

        using var response = await client.SendAsync("tools/list", origin: origin);
        using var own = await client.SendAsync("tools/list", origin: republic.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(status, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task A_message_that_is_too_large_or_no_message_is_refused()
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);
        using var large = await client.SendAsync(
            "tools/call",
            new { name = "create_task", arguments = new { title = new string('x', 3 << 20) } }
        );
        using var http = new HttpClient { BaseAddress = republic.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await McpRequests.TokenAsync(republic.Jonas, "tools"));
        using var listening = await http.GetAsync("/mcp", Ct);
        using var ended = await http.DeleteAsync("/mcp", Ct);
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");
        using var words = new StringContent("{\"jsonrpc\":", Encoding.UTF8, "application/json");
        using var broken = await http.PostAsync("/mcp", words, Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, listening.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, ended.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Fact]
    public async Task The_official_client_connects_lists_and_calls()
    {
        var person = await republic.NewPersonAsync("Mcp-sdk");
        var minion = await person.NewMinionAsync("sage");

        var said = await ClientProgram.RunAsync("mcp.mjs", republic, await McpRequests.TokenAsync(person, "tools"));

        Assert.Equal("republic", (string)said["server"]!);
        Assert.Equal(Tools, said["tools"].AsArray().Select(name => (string)name!));
        Assert.Contains(minion.RepublicId, (string)said["minions"]!, StringComparison.Ordinal);
        Assert.Equal("Created T-1 [To do] Buy milk", (string)said["created"]!);
        Assert.True((bool)said["refused"]!);
        Assert.Equal(-32602, (int)said["unknown"]!);
    }
}
