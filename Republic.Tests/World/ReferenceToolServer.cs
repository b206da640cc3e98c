using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Republic.Tests.Architecture;

namespace Republic.Tests.World;

/// <summary>The server by which MCP's authors show all that their protocol has, from npm (<c>dev/clients</c>), on a free loopback port.</summary>
public sealed class ReferenceToolServer : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(
        SourceFile.Root,
        "dev",
        "clients",
        "node_modules",
        "@modelcontextprotocol",
        "server-everything",
        "dist",
        "index.js"
    );

    private readonly int port = FreePort();
    private Process? process;

    public string Url => $"http://127.0.0.1:{port}/mcp";

    public async Task StartAsync()
    {
        // Its words go nowhere: a pipe that nobody reads would stop it.
        var start = new ProcessStartInfo("sh", ["-c", "exec node \"$0\" streamableHttp >/dev/null 2>&1 </dev/null", Program]);
        start.Environment["PORT"] = $"{port}";
        process = Process.Start(start)!;
        using var http = new HttpClient();
        await Until.TrueAsync(async () =>
        {
            try
            {
                using var response = await http.GetAsync(Url, TestContext.Current.CancellationToken);
                return true;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                return false;
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
