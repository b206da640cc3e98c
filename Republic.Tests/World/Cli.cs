using System.Diagnostics;

namespace Republic.Tests.World;

/// <summary>A command of the program, run as a process of its own with everything it reads given at once.</summary>
public static class Cli
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "republic.dll");

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, string input, params string[] args) =>
        RunAsync("dotnet", [Program, .. args], folder, input);

    /// <summary>As on a machine that has no more memory than this. The runtime is kept from taking much of it for itself.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunWithinAsync(
        int megabytes,
        string folder,
        string input,
        params string[] args
    )
    {
        var limited = $"ulimit -c 0; ulimit -d {megabytes * 1024}; export DOTNET_GCHeapHardLimit=0x6000000; exec dotnet \"$@\"";
        return RunAsync("sh", ["-c", limited, "sh", Program, .. args], folder, input);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string file, string[] args, string folder, string input)
    {
        var start = new ProcessStartInfo(file, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        start.Environment["REPUBLIC_DATA"] = folder;
        using var process = Process.Start(start)!;
        var ct = TestContext.Current.CancellationToken;
        await process.StandardInput.WriteAsync(input.AsMemory(), ct);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output, error);
    }
}
