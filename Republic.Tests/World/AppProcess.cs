using System.Diagnostics;
using System.Text;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>The app as a process of its own, for tests that kill it. Without a connection string it brings its own database.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) =>
            listening.TrySetException(new InvalidOperationException($"The app ended before it listened.\n{Output}"));
        process.Start();
        EndWithThisProcess(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public int ProcessId => process.Id;

    /// <param name="canBeLimited">A <see cref="FileLimit"/> will be set for it.</param>
    public static async Task<AppProcess> StartAsync(
        DataFolder data,
        string urls = "http://127.0.0.1:0",
        string? connectionString = null,
        bool canBeLimited = false,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = Start(data, urls, connectionString, canBeLimited);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var app = new AppProcess(start);
        try
        {
            app.Address = await app.listening.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs an app that must end by itself, and gives its exit code and all it said.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(DataFolder data, string urls)
    {
        await using var app = new AppProcess(Start(data, urls, null));
        await app.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (app.process.ExitCode, app.Output);
    }

    /// <summary>kill -9: nothing is put away.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>As Ctrl+C or a service manager ends it.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static ProcessStartInfo Start(DataFolder data, string urls, string? connectionString, bool canBeLimited = false)
    {
        string[] app = [Path.Combine(AppContext.BaseDirectory, "republic.dll"), "--urls", urls];
        var (file, arguments) = canBeLimited ? ("sh", (string[])["-c", FileLimit.Prepare, "sh", .. app]) : ("dotnet", app);
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        // As dev/run: the first account needs no token there.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["REPUBLIC_DATA"] = data.Root;
        start.Environment["ConnectionStrings__Db"] = connectionString;
        // Whoever asks a local model there sets it to true.
        start.Environment["ModelHost__Enabled"] = "false";
        start.Environment["ModelHost__Threads"] = "1";
        // Meaning costs seconds: whoever tests it sets it to true.
        start.Environment["Knowledge__Embedding__BuiltIn"] = "false";
        start.Environment["Outbound__AllowedHosts__0"] = "127.0.0.1";
        return start;
    }

    /// <summary>A test run that is itself killed leaves no app behind; the app then puts its database away.</summary>
    private static void EndWithThisProcess(int app)
    {
        const string Watch = """while kill -0 "$1" && kill -0 "$2"; do sleep 1; done 2>/dev/null; kill -TERM "$2" 2>/dev/null""";
        Process.Start("sh", ["-c", Watch, "sh", Environment.ProcessId.ToString(), app.ToString()]).Dispose();
    }

    private void Read(string? line)
    {
        const string Listening = "Now listening on: ";
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            // On a console that is set to JSON the sentence stands in quotes.
            listening.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0].Trim()));
        }
    }
}
