using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Servers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>A server that gives back what it was given to know who asks: nobody is shown it, and it is not kept.</summary>
public sealed class ToolServerEchoTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private const string Key = "canary9f3e7d1b5a2c8e6f";
    private const string Short = "pw-77f1x";

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["Authorization"] = $"Bearer {Key}",
        ["X-Password"] = Short,
        ["X-Readonly"] = "true",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Nobody has more than 20.</summary>
    public async ValueTask DisposeAsync() =>
        await republic.QueryAsync(db => db.ToolServers.Where(server => server.OwnerId == republic.Jonas.Id).ExecuteDeleteAsync());

    [Theory]
    [InlineData($"Bearer {Key}", "Bearer …")]
    [InlineData(Key, "…")]
    [InlineData("9f3e7d1b5a2c", "…")]
    [InlineData(Short, "…")]
    public async Task It_is_in_no_result(string echo, string shown)
    {
        await using var stub = new ToolServerStub { Result = _ => ToolServerStub.Text($"It is true: “{echo}”.") };
        var row = await RowAsync(stub);

        Assert.Equal($"It is true: “{shown}”.", await CallAsync(row));
    }

    [Fact]
    public async Task It_is_in_no_structured_result_and_in_no_failure()
    {
        await using var stub = new ToolServerStub { Result = _ => $$$"""{"structuredContent":{"key":"{{{Key}}}"}}""" };
        var row = await RowAsync(stub);

        Assert.Equal("""{"key":"…"}""", await CallAsync(row));
        stub.Result = _ => $$"""{"isError":true,"content":[{"type":"text","text":"Wrong key {{Key}}."}]}""";
        var failed = await Assert.ThrowsAsync<ToolException>(() => CallAsync(row));
        Assert.EndsWith("It says: Wrong key ….", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_in_no_description_and_no_schema()
    {
        await using var stub = new ToolServerStub();
        stub.Lists(
            ToolServerStub.Tool(
                "echo",
                $"Asks as {Key}.",
                $$$$"""{"type":"object","properties":{"text":{"type":"string","default":"{{{{Key}}}}"}}}"""
            )
        );
        var row = await RowAsync(stub);

        var tool = Assert.Single(row.Tools);
        Assert.Equal("Asks as ….", tool.Description);
        Assert.Equal("…", tool.InputSchema.GetProperty("properties").GetProperty("text").GetProperty("default").GetString());
        // What is kept is what the next conversation finds.
        Assert.Equal("hello", await CallAsync(row));
    }

    [Fact]
    public async Task It_is_in_no_error_of_a_server_that_cannot_be_read()
    {
        await using var stub = new ToolServerStub();
        stub.LiesAbout("initialize", call => ToolServerStub.RefuseAsync(call, $"Not for Bearer {Key}."));

        var card = await (await HeldToolServer.AddAsync(republic, republic.Jonas, stub, Headers)).ReadAsync();

        Assert.Equal("error", (string?)card["status"]);
        Assert.DoesNotContain("9f3e7d1b5a", (string?)card["error"], StringComparison.Ordinal);
    }

    private async Task<ToolServer> RowAsync(ToolServerStub stub) =>
        await (await HeldToolServer.AddAsync(republic, republic.Jonas, stub, Headers)).RowAsync();

    private Task<string> CallAsync(ToolServer server) =>
        republic
            .Services.GetRequiredService<ToolServerClient>()
            .CallAsync(server, "echo", server.Tools.Single().Hash, new Dictionary<string, object?> { ["text"] = "hello" }, Ct);
}
