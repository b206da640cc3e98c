using System.Diagnostics;
using System.Text.Json;
using Republic.Core.Scenarios.Drawing;
using Republic.Tests.Unit.Scenarios.Drawing;

namespace Republic.Bench;

/// <summary>dagre in a process of Node, which is sent one graph a line.</summary>
internal sealed class Dagre : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process process;

    private Dagre(Process process) => this.process = process;

    /// <returns>Null where it is not installed, which is said.</returns>
    public static Dagre? Start()
    {
        if (!Directory.Exists("node_modules/@dagrejs/dagre"))
        {
            Console.Error.WriteLine("dagre is not installed (npm ci in bench/drawing): Republic alone");
            return null;
        }

        return new Dagre(
            Process.Start(new ProcessStartInfo("node", ["peer.mjs"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!
        );
    }

    public async Task<Drawn> DrawAsync(SeededGraph graph, GraphSpacing spacing)
    {
        await process.StandardInput.WriteLineAsync(
            JsonSerializer.Serialize(
                new
                {
                    graph.Nodes,
                    graph.Edges,
                    spacing,
                },
                Json
            )
        );
        await process.StandardInput.FlushAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("dagre ended.");
        return JsonSerializer.Deserialize<Drawn>(line, Json)!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
