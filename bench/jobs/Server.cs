using System.Diagnostics;
using System.Globalization;

namespace Republic.Bench;

/// <summary>A process that is measured. It says when it listens.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Server(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Without pages that it shares with others.</summary>
    public long Memory => Status("RssAnon:") * 1024;

    public int Descriptors => Directory.GetFiles($"/proc/{process.Id}/fd").Length;

    public double CpuSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    public static async Task<Server> StartAsync(int port, string[] arguments, Dictionary<string, string> settings, string log)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(arguments[0]),
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var server = new Server(new Process { StartInfo = start }, new Uri($"http://127.0.0.1:{port}"));
        server.process.OutputDataReceived += (_, line) => server.Heard(line.Data, log);
        server.process.ErrorDataReceived += (_, line) => server.Heard(line.Data, log);
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.listens.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Heard(string? line, string log)
    {
        lock (listens)
        {
            File.AppendAllText(log, line + "\n");
        }

        if (line?.Contains("Now listening on: ") == true)
        {
            listens.TrySetResult();
        }
    }

    private long Status(string name) =>
        long.Parse(
            File.ReadLines($"/proc/{process.Id}/status")
                .First(line => line.StartsWith(name))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );
}
