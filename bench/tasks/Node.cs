using System.Diagnostics;

namespace Republic.Bench;

/// <summary>The app as a process of its own, which can be killed and started again.</summary>
internal sealed class Node(string app, int port, IReadOnlyDictionary<string, string> settings, string log) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Lock gate = new();
    private Process? process;

    /// <summary>The id of its process.</summary>
    public int Id => process?.Id ?? throw new InvalidOperationException("It does not run.");

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [app, "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(app),
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data, listens);
        process.ErrorDataReceived += (_, line) => Heard(line.Data, listens);
        process.Exited += (_, _) => listens.TrySetException(new InvalidOperationException($"The app ended by itself; see {log}."));
        process.Start();
        EndWithThisProcess(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listens.Task.WaitAsync(Patience);
    }

    /// <summary>kill -9, of this process alone.</summary>
    public async Task KillAsync()
    {
        if (process is null)
        {
            return;
        }

        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    /// <summary>A bench that is itself killed leaves no app behind.</summary>
    private static void EndWithThisProcess(int node)
    {
        const string Watch = """while kill -0 "$1" && kill -0 "$2"; do sleep 1; done 2>/dev/null; kill -9 "$2" 2>/dev/null""";
        Process.Start("sh", ["-c", Watch, "sh", Environment.ProcessId.ToString(), node.ToString()]).Dispose();
    }

    private void Heard(string? line, TaskCompletionSource listens)
    {
        lock (gate)
        {
            File.AppendAllText(log, line + "\n");
        }

        if (line?.Contains("Now listening on: ") == true)
        {
            listens.TrySetResult();
        }
    }
}
