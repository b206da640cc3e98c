using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Republic.Bench;

/// <summary>A process that downloads.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private const int Stop = 19;
    private readonly Process process;

    public WorkerProcess(bool isBrisk)
    {
        process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, "worker", isBrisk ? "brisk" : "usual"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
    }

    public void Kill() => process.Kill();

    /// <summary>From here to its end it does nothing more.</summary>
    public void Halt() => _ = kill(process.Id, Stop);

    /// <returns>Null where it was killed.</returns>
    public async Task<WorkerLine?> DownloadAsync(Uri url, string path, long bytes, string etag)
    {
        await process.StandardInput.WriteLineAsync($"{url} {path} {bytes} {etag}");
        await process.StandardInput.FlushAsync();
        if (await process.StandardOutput.ReadLineAsync() is not { } line)
        {
            await process.WaitForExitAsync();
            return null;
        }

        var words = line.Split(' ', 6);
        return new WorkerLine(words[0] == "Whole", words[1], Number(words[2]), Number(words[3]), (long)Number(words[4]), words[5]);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <param name="Memory">Kilobytes by which it grew at most.</param>
internal sealed record WorkerLine(bool IsWhole, string Sha256, double Seconds, double CpuSeconds, long Memory, string Message);
