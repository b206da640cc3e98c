using System.Diagnostics;

namespace Republic.Bench.Nodes;

/// <summary>One web node with a data folder and a database of its own. It ends with this process.</summary>
internal sealed class Node(string app, int port, string data) : IAsyncDisposable
{
    private readonly TaskCompletionSource listens = new();
    private StreamWriter? log;
    private Process? process;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    public async Task StartAsync()
    {
        Directory.CreateDirectory(data);
        log = new StreamWriter(data + ".log", append: true) { AutoFlush = true };
        var start = new ProcessStartInfo("dotnet", [app, "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(app),
        };
        start.Environment["REPUBLIC_DATA"] = data;
        start.Environment["ModelHost__Threads"] = "1";
        start.Environment["OpenAi__RequestsPerMinute"] = "0";
        start.Environment["Accounts__SetupToken"] = Person.SetupToken;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Start();
        EndWithThisProcess(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(listens.Task, ended) == ended)
        {
            throw new InvalidOperationException($"The node on {port} ended by itself; see {data}.log.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            using var end = Process.Start("kill", [$"{process.Id}"]);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        log?.Dispose();
    }

    private static void EndWithThisProcess(int node)
    {
        const string Watch = """while kill -0 "$1" && kill -0 "$2"; do sleep 1; done 2>/dev/null; kill "$2" 2>/dev/null""";
        Process.Start("sh", ["-c", Watch, "sh", Environment.ProcessId.ToString(), node.ToString()]).Dispose();
    }

    private void Heard(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (listens)
        {
            log!.WriteLine(line);
        }

        if (line.Contains("Now listening on: "))
        {
            listens.TrySetResult();
        }
    }
}
