using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary><c>republic train</c> as a process of its own, for tests that end it in the middle.</summary>
public sealed partial class TrainProcess : IAsyncDisposable
{
    private readonly Process process;

    public TrainProcess(string folder, params string[] args)
        : this(folder, "dotnet", [Program, "train", .. args]) { }

    private TrainProcess(string folder, string file, string[] args)
    {
        var start = new ProcessStartInfo(file, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        start.Environment["REPUBLIC_DATA"] = folder;
        process = Process.Start(start)!;
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "republic.dll");

    /// <summary>No file can grow beyond 32 KB, as if the disk were full. The runtime would keep its code in a file, too.</summary>
    public static TrainProcess OnFullDisk(string folder, params string[] args) =>
        new(
            folder,
            "sh",
            // In blocks of 512 bytes: more than the prompts take that the run is to keep, and less than a checkpoint.
            ["-c", "trap '' XFSZ; ulimit -f 128; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$@\"", "sh", Program, "train", .. args]
        );

    public List<string> Output { get; } = [];

    /// <summary>Reads on until the step is told. False when the process ended before.</summary>
    public Task<bool> ReachesAsync(int step) =>
        ReadsAsync(line => Step().Match(line) is { Success: true } match && int.Parse(match.Groups["step"].Value) >= step);

    /// <summary>Reads on until the words are told. False when the process ended before.</summary>
    public Task<bool> SaysAsync(string words) => ReadsAsync(line => line.Contains(words, StringComparison.Ordinal));

    private async Task<bool> ReadsAsync(Func<string, bool> isIt)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            Output.Add(line);
            if (isIt(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>kill -9: nothing is put away.</summary>
    public void Kill() => process.Kill();

    /// <summary>As Ctrl+C does.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", process.Id.ToString()]).Dispose();

    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        await ReachesAsync(int.MaxValue);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    [GeneratedRegex("^step (?<step>[0-9]+)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
