using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Tool servers through the API: adding, reading, changing and deleting them, and who sees them.</summary>
public sealed class ToolServerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Servers = "/api/tool-servers";
    private const string Secret = "Bearer canary-of-a-tool-server-77f1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_added_says_at_once_what_tools_it_has()
    {
        await using var stub = new ToolServerStub();
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");

        var made = (await person.Api.PostAsync(Servers, new { name = " calendar ", url = stub.Url }))["tool_server"]!;

        Assert.Equal("calendar", (string?)made["name"]);
        Assert.Equal("fine", (string?)made["status"]);
        Assert.Null((string?)made["error"]);
        Assert.NotNull(made["read_at"]);
        var tool = Assert.Single(made["tools"]!.AsArray())!;
        Assert.Equal("echo", (string?)tool["name"]);
        Assert.Equal("Gives back a text.", (string?)tool["description"]);
        Assert.Equal("object", (string?)tool["input_schema"]!["type"]);
        Assert.False((bool?)tool["changed"]);
        Assert.Equal(0, stub.Calls);
        var listed = (await person.Api.GetAsync(Servers))["tool_servers"]!.AsArray();
        Assert.Equal((string?)made["id"], (string?)Assert.Single(listed)!["id"]);
    }

    [Fact]
    public async Task A_server_that_cannot_be_read_is_there_with_the_reason_and_is_read_later()
    {
        await using var stub = new ToolServerStub();
        stub.LiesAbout("initialize", call => call.WholeAsync("503 Service Unavailable", "text/plain", "later"));

        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var broken = await server.ReadAsync();
        stub.Lie = (_, _) => Task.FromResult(false);
        var mended = await server.RefreshAsync();

        Assert.Equal("error", (string?)broken["status"]);
        Assert.Contains("503", (string?)broken["error"], StringComparison.Ordinal);
        Assert.Empty(broken["tools"]!.AsArray());
        Assert.Equal("fine", (string?)mended["status"]);
        Assert.Single(mended["tools"]!.AsArray());
    }

    [Fact]
    public async Task Headers_are_sent_and_sealed_and_never_given_back()
    {
        await using var stub = new ToolServerStub();
        var headers = new Dictionary<string, string> { ["Authorization"] = Secret };

        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub, headers);

        Assert.All(stub.Requests, request => Assert.Contains($"Authorization: {Secret}", request, StringComparison.Ordinal));
        var card = await server.ReadAsync();
        Assert.Equal("Authorization", (string?)Assert.Single(card["header_names"]!.AsArray()));
        Assert.DoesNotContain("canary-of-a-tool-server", card.ToJsonString(), StringComparison.Ordinal);
        var row = await server.RowAsync();
        Assert.NotNull(row.SealedHeaders);
        Assert.Equal(-1, row.SealedHeaders.AsSpan().IndexOf(Encoding.UTF8.GetBytes("canary-of-a-tool-server")));
        Assert.DoesNotContain(republic.Log, line => line.Contains("canary-of-a-tool-server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_url_gets_none_of_the_headers_and_no_always()
    {
        await using var stub = new ToolServerStub();
        await using var other = new ToolServerStub();
        var minion = await republic.Jonas.NewMinionAsync($"m{Guid.CreateVersion7():n}"[..20]);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub, new Dictionary<string, string> { ["X-Token"] = Secret });
        await server.AllowAsync(minion.Id, "echo");

        var moved = (await republic.Jonas.Api.PutAsync(server.Path, new { url = other.Url }))["tool_server"]!;

        Assert.Empty(moved["header_names"]!.AsArray());
        Assert.Equal("fine", (string?)moved["status"]);
        Assert.NotEmpty(other.Requests);
        Assert.All(other.Requests, request => Assert.DoesNotContain("canary", request, StringComparison.Ordinal));
        Assert.Null((await server.RowAsync()).SealedHeaders);
        var allowed = await republic.QueryAsync(db => db.MinionTools.SingleAsync(tool => tool.ServerId == server.Id, Ct));
        Assert.False(allowed.IsAlways);
    }

    [Fact]
    public async Task A_url_that_somebody_wrote_beside_the_headers_gets_none_of_them()
    {
        await using var stub = new ToolServerStub();
        await using var other = new ToolServerStub();
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub, new Dictionary<string, string> { ["X-Token"] = Secret });
        await republic.QueryAsync(db =>
            db.ToolServers.Where(row => row.Id == server.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Url, other.Url), Ct)
        );

        var read = await server.RefreshAsync();

        Assert.Contains("another address", (string?)read["error"], StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task What_is_left_out_stays_and_headers_are_replaced_as_a_whole()
    {
        await using var stub = new ToolServerStub();
        var server = await HeldToolServer.AddAsync(
            republic,
            republic.Jonas,
            stub,
            new Dictionary<string, string> { ["X-One"] = "1", ["X-Two"] = "2" }
        );
        var name = $"n{Guid.CreateVersion7():N}";

        var renamed = (await republic.Jonas.Api.PutAsync(server.Path, new { name }))["tool_server"]!;
        var replaced = await republic.Jonas.Api.PutAsync(
            server.Path,
            new { headers = new Dictionary<string, string> { ["X-Three"] = "3" } }
        );
        var none = await republic.Jonas.Api.PutAsync(server.Path, new { headers = new Dictionary<string, string>() });

        Assert.Equal(name, (string?)renamed["name"]);
        Assert.Equal(2, renamed["header_names"]!.AsArray().Count);
        Assert.Equal("X-Three", (string?)Assert.Single(replaced["tool_server"]!["header_names"]!.AsArray()));
        Assert.Empty(none["tool_server"]!["header_names"]!.AsArray());
        Assert.DoesNotContain("X-Three", stub.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_description_shows_as_changed_where_a_minion_was_allowed_the_earlier_one()
    {
        await using var stub = new ToolServerStub();
        var minion = await republic.Jonas.NewMinionAsync($"m{Guid.CreateVersion7():n}"[..20]);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        await server.AllowAsync(minion.Id, "echo");

        stub.Lists(ToolServerStub.Tool("echo", "Gives a text to everybody."));
        var once = await server.RefreshAsync();
        stub.Lists(ToolServerStub.Tool("echo", "Sells a text."));
        var twice = await server.RefreshAsync();

        Assert.Equal("changed", (string?)once["status"]);
        Assert.Equal(minion.Id, once["minions"]![0]!["id"]!.GetValue<Guid>());
        var tool = twice["tools"]![0]!;
        Assert.True((bool?)tool["changed"]);
        Assert.Equal("Sells a text.", (string?)tool["description"]);
        // What was allowed, and not what it said in between.
        Assert.Equal("Gives back a text.", (string?)tool["earlier_description"]);
    }

    [Fact]
    public async Task The_order_of_keys_in_a_schema_changes_nothing()
    {
        await using var stub = new ToolServerStub();
        stub.Lists(ToolServerStub.Tool("echo", "Same.", """{"type":"object","properties":{"a":{},"b":{"x":1,"y":[1,2]}}}"""));
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var before = (await server.RowAsync()).Tools.Single().Hash;

        stub.Lists(ToolServerStub.Tool("echo", "Same.", """{ "properties":{"b":{"y":[1,2],"x":1},"a":{}}, "type":"object"}"""));
        await server.RefreshAsync();
        var after = (await server.RowAsync()).Tools.Single().Hash;
        stub.Lists(ToolServerStub.Tool("echo", "Same.", """{"type":"object","properties":{"a":{},"b":{"x":1,"y":[2,1]}}}"""));
        await server.RefreshAsync();

        Assert.Equal(before, after);
        Assert.NotEqual(before, (await server.RowAsync()).Tools.Single().Hash);
    }

    [Fact]
    public async Task Nobody_else_has_a_server_and_deleting_takes_it_from_minions()
    {
        await using var stub = new ToolServerStub();
        var minion = await republic.Jonas.NewMinionAsync($"m{Guid.CreateVersion7():n}"[..20]);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        await server.AllowAsync(minion.Id, "echo");
        var asked = stub.Requests.Count;

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, server.Path);
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Put, server.Path, new { name = "mine" });
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"{server.Path}/refresh");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Delete, server.Path);
        var hers = (await republic.Ada.Api.GetAsync(Servers))["tool_servers"]!.AsArray();
        Assert.DoesNotContain(hers, one => one!["id"]!.GetValue<Guid>() == server.Id);
        Assert.Equal(asked, stub.Requests.Count);

        await republic.Jonas.Api.DeleteAsync(server.Path);

        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Get, server.Path);
        Assert.False(await republic.QueryAsync(db => db.MinionTools.AnyAsync(tool => tool.ServerId == server.Id, Ct)));
        var actions = await republic.QueryAsync(db =>
            db.AuditEntries.Where(entry => entry.PersonId == republic.Jonas.Id).Select(entry => entry.Action).ToListAsync(Ct)
        );
        Assert.Contains(AuditActions.ToolServerAdded, actions);
        Assert.Contains(AuditActions.ToolServerDeleted, actions);
    }

    [Theory]
    [InlineData("name", """{"name":"","url":"http://127.0.0.1:9/"}""")]
    [InlineData("name", """{"name":"a/b","url":"http://127.0.0.1:9/"}""")]
    [InlineData("name", """{"url":"http://127.0.0.1:9/"}""")]
    [InlineData("url", """{"name":"a"}""")]
    [InlineData("url", """{"name":"a","url":"example.org/mcp"}""")]
    [InlineData("url", """{"name":"a","url":"file:///etc/passwd"}""")]
    [InlineData("url", """{"name":"a","url":"http://me:secret@127.0.0.1:9/"}""")]
    [InlineData("url", """{"name":"a","url":"http://10.0.0.1/mcp"}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"Host":"evil"}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"content-length":"1"}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"Transfer-Encoding":"chunked"}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"Mcp-Session-Id":"x"}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"X Y":"1"}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"X-A":"1\r\nX-B: 2"}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"X-A":null}}""")]
    [InlineData("headers", """{"name":"a","url":"http://127.0.0.1:9/","headers":{"X-A":"1","x-a":"2"}}""")]
    public async Task What_cannot_be_is_refused_naming_the_field(string field, string body)
    {
        var problem = await republic.Ada.Api.ProblemAsync(400, HttpMethod.Post, Servers, JsonNode.Parse(body));

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Names_are_unique_whatever_their_case_and_servers_are_at_most_twenty()
    {
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");
        const string url = "http://127.0.0.1:9/mcp";
        await person.Api.PostAsync(Servers, new { name = "Forge", url });

        var twice = await person.Api.ProblemAsync(400, HttpMethod.Post, Servers, new { name = "fORGE", url });
        for (var i = 1; i < 20; i++)
        {
            await person.Api.PostAsync(Servers, new { name = $"forge {i}", url });
        }

        Assert.NotNull(twice["errors"]!["name"]);
        await person.Api.ProblemAsync(409, HttpMethod.Post, Servers, new { name = "one more", url });
    }
}
