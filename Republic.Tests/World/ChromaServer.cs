using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Republic.Tests.Architecture;

namespace Republic.Tests.World;

/// <summary>A real Chroma server, from npm, on a free loopback port and in a folder of its own.</summary>
public sealed class ChromaServer : IAsyncDisposable
{
    private static readonly string Package = Path.Combine(SourceFile.Root, "dev", "chroma");
    private static readonly SemaphoreSlim Installing = new(1, 1);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-chroma-");
    private readonly int port = FreePort();
    private Process? process;

    public Uri Url => new($"http://127.0.0.1:{port}");

    public async Task StartAsync()
    {
        await InstallAsync();
        process = Run(
            "node",
            folder.FullName,
            [
                Path.Combine(Package, "node_modules", "chromadb", "dist", "cli.mjs"),
                "run",
                "--path",
                Path.Combine(folder.FullName, "data"),
                "--host",
                "127.0.0.1",
                "--port",
                $"{port}",
            ]
        );
        using var http = new HttpClient { BaseAddress = Url };
        await Until.TrueAsync(async () =>
        {
            try
            {
                return (await http.GetAsync("/api/v2/heartbeat", TestContext.Current.CancellationToken)).IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                return false;
            }
        });
    }

    /// <summary>Ends it as a power cut does; it can be started again.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            process = null;
        }
    }

    /// <summary>Ends it, and nothing is left of what it held.</summary>
    public async Task LoseEverythingAsync()
    {
        await StopAsync();
        Directory.Delete(Path.Combine(folder.FullName, "data"), recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            if (File.Exists(Path.Combine(Package, "node_modules", ".package-lock.json")))
            {
                return;
            }

            // Not `npm ci`: that wants the libraries of all systems in the lock file, and not every registry has them.
            using var npm = Run("npm", Package, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, npm.ExitCode);
        }
        finally
        {
            Installing.Release();
        }
    }

    // Its words go nowhere: a pipe that nobody reads would stop it.
    private static Process Run(string program, string folder, IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments])
            {
                WorkingDirectory = folder,
            }
        )!;

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
