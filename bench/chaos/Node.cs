using System.Diagnostics;

namespace Republic.Bench;

/// <summary>One web node: a process that is started again each time it dies.</summary>
internal sealed class Node(string app, int port, string data, string database) : IAsyncDisposable
{
    private static int starts;
    private readonly Lock gate = new();
    private Process? process;
    private StreamWriter? log;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    public int ProcessId { get; private set; }

    public bool Listens { get; private set; }

    public DateTimeOffset UpSince { get; private set; }

    public bool IsStopped { get; set; }

    /// <summary>It listens, and works.</summary>
    public bool IsThere => Listens && !IsStopped;

    /// <summary>It is there, and has had the time to join the queue.</summary>
    public bool IsSettled => IsThere && UpSince < TimeProvider.System.GetUtcNow().AddSeconds(-2);

    /// <summary>When it was killed or stopped.</summary>
    public List<DateTimeOffset> Downs { get; } = [];

    /// <summary>By the name that its connections have in the database.</summary>
    public static Dictionary<string, int> Processes { get; } = [];

    /// <summary>Lines that say so of a start that was overtaken.</summary>
    public static int Overtaken { get; private set; }

    public void Start()
    {
        var name = $"node-{Interlocked.Increment(ref starts)}";
        var start = new ProcessStartInfo("dotnet", [app, "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(app),
        };
        foreach (var (key, value) in Settings(name))
        {
            start.Environment[key] = value;
        }

        log ??= new StreamWriter(Path.Combine(data, $"node-{port}.log")) { AutoFlush = true };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Start();
        ProcessId = process.Id;
        lock (Processes)
        {
            Processes[name] = ProcessId;
        }

        EndWithThisProcess(ProcessId);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task UntilItListensAsync()
    {
        while (!Listens)
        {
            if (process!.HasExited)
            {
                throw new InvalidOperationException($"The node on {port} ended by itself; see its log in {data}.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>A node that ended by itself is started again; that is counted, and should not be.</summary>
    public bool HasDied => process is { HasExited: true };

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        log?.Dispose();
    }

    /// <summary>kill -9.</summary>
    public async Task EndAsync()
    {
        if (process is null)
        {
            return;
        }

        (Listens, IsStopped) = (false, false);
        Downs.Add(TimeProvider.System.GetUtcNow());
        Signals.Send(process.Id, Signals.Kill);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>A campaign that is itself killed leaves no node behind.</summary>
    private static void EndWithThisProcess(int node)
    {
        const string Watch = """while kill -0 "$1" && kill -0 "$2"; do sleep 1; done 2>/dev/null; kill -9 "$2" 2>/dev/null""";
        Process.Start("sh", ["-c", Watch, "sh", Environment.ProcessId.ToString(), node.ToString()]).Dispose();
    }

    private IEnumerable<(string Key, string Value)> Settings(string name) =>
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("REPUBLIC_DATA", data),
            ("ConnectionStrings__Db", $"{database};Application Name={name};Maximum Pool Size=30"),
            ("ModelHost__Threads", "1"),
            ("Outbound__AllowedHosts__0", "127.0.0.1"),
            ("OpenAi__RequestsPerMinute", "0"),
            // Room for all on either node, and checkpoints and holds as short as the runs.
            ("Jobs__AtOnce", "12"),
            ("Jobs__HoldFor", Plan.HoldFor.ToString()),
            ("Training__AtOnce", "8"),
            ("Training__CheckpointEvery", Plan.CheckpointEvery.ToString()),
            ("Training__RetentionQuestions", $"{Plan.RetentionQuestions}"),
        ];

    private void Heard(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            log?.WriteLine(line);
        }

        if (line.Contains("Now listening on: "))
        {
            (UpSince, Listens) = (TimeProvider.System.GetUtcNow(), true);
        }
        else if (line.Contains("was cancelled or taken by another node") || line.Contains("but another node has it or it was cancelled"))
        {
            Overtaken++;
        }
    }
}
