using System.Diagnostics;

namespace Republic.Tests.World;

/// <summary><c>republic keys rotate</c> as a process of its own, to be killed.</summary>
public sealed class KeysProcess : IAsyncDisposable
{
    private readonly Process process;

    public KeysProcess(SealedRing ring)
    {
        string[] args =
        [
            Path.Combine(AppContext.BaseDirectory, "republic.dll"),
            "keys",
            "rotate",
            $"--ConnectionStrings:Db={ring.ConnectionString};Pooling=false",
        ];
        var start = new ProcessStartInfo("dotnet", args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = ring.Folder.Root,
        };
        start.Environment["REPUBLIC_DATA"] = ring.Folder.Root;
        process = Process.Start(start)!;
    }

    public bool HasEnded => process.HasExited;

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async Task<(int ExitCode, string Output)> ToEndAsync()
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
