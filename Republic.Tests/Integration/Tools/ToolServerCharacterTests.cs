using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Servers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>A server that writes what no database takes: U+0000, and half a surrogate pair.</summary>
public sealed class ToolServerCharacterTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_is_kept_without_nul()
    {
        await using var stub = new ToolServerStub();
        stub.LiesAbout("initialize", call => ToolServerStub.RefuseAsync(call, "No\0 entry."));

        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        var read = await server.RefreshAsync();

        Assert.Equal("error", (string?)read["status"]);
        Assert.EndsWith("It says: No entry.", (string?)read["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_a_call_is_told_without_nul()
    {
        await using var stub = new ToolServerStub();
        var row = await (await HeldToolServer.AddAsync(republic, republic.Jonas, stub)).RowAsync();
        stub.LiesAbout("tools/call", call => ToolServerStub.RefuseAsync(call, "No\0 entry."));

        var failed = await Assert.ThrowsAsync<ToolException>(() =>
            republic
                .Services.GetRequiredService<ToolServerClient>()
                .CallAsync(row, "echo", row.Tools.Single().Hash, new Dictionary<string, object?>(), Ct)
        );

        Assert.EndsWith("It says: No entry.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_with_half_a_character_is_left_out_and_takes_no_other_along()
    {
        await using var stub = new ToolServerStub();
        const string schema = """{"type":"object"}""";
        stub.Lists(
            ToolServerStub.Tool("good", "Is used."),
            $$"""{"name":"described","description":"Half \ud800","inputSchema":{{schema}}}""",
            $$"""{"name":"\udc00","description":"Is called so.","inputSchema":{{schema}}}""",
            """{"name":"argued","inputSchema":{"type":"object","properties":{"\ud800":{"type":"string"}}}}"""
        );

        var card = await (await HeldToolServer.AddAsync(republic, republic.Jonas, stub)).ReadAsync();

        Assert.Equal("fine", (string?)card["status"]);
        Assert.Equal("good", (string?)Assert.Single(card["tools"]!.AsArray())!["name"]);
        Assert.Equal(3, card["left_out"]!.GetValue<int>());
    }
}
