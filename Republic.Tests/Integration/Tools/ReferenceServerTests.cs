using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>A tool server that is none of ours: the one by which MCP's authors show their protocol.</summary>
public sealed class ReferenceServerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Its_tools_are_found()
    {
        await using var server = new ReferenceToolServer();
        await server.StartAsync();

        var added = await republic.Jonas.Api.PostAsync("/api/tool-servers", new { name = "Everything", url = server.Url });

        var tools = added["tool_server"]!["tools"]!.AsArray();
        Assert.Superset(
            new HashSet<string>(["echo", "get-sum", "get-tiny-image"], StringComparer.Ordinal),
            tools.Select(tool => (string)tool!["name"]!).ToHashSet(StringComparer.Ordinal)
        );
        Assert.All(tools, tool => Assert.Equal("object", (string?)tool!["input_schema"]!["type"]));
        Assert.Null(added["tool_server"]!["error"]);
    }
}
