using System.Diagnostics;
using System.Text.Json.Nodes;
using Republic.Tests.Architecture;

namespace Republic.Tests.World;

/// <summary>Other people's clients of <c>/v1</c> and <c>/mcp</c>, as their users run them: from npm, in Node (<c>dev/clients</c>).</summary>
internal static class ClientProgram
{
    /// <returns>What it found out, by the names of its questions.</returns>
    public static async Task<IReadOnlyDictionary<string, JsonNode>> RunAsync(string script, IRepublic republic, string key)
    {
        var ct = TestContext.Current.CancellationToken;
        var path = Path.Combine(SourceFile.Root, "dev", "clients", script);
        var start = new ProcessStartInfo("node", [path, new Uri(republic.Address, "/v1").AbsoluteUri, key])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(ct);
        var output = await node.StandardOutput.ReadToEndAsync(ct);
        await node.WaitForExitAsync(ct);
        Assert.True(node.ExitCode == 0, $"{output}\n{await errors}");
        return output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(line => (string)line["name"]!, line => line["value"]!);
    }
}
