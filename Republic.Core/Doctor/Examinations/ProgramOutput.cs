using System.ComponentModel;
using System.Diagnostics;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Asks a program of this machine something; it knows nothing of its surroundings.</summary>
internal static class ProgramOutput
{
    /// <returns>What it wrote to standard output and standard error; null where there is no such program.</returns>
    public static async Task<string?> OfAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Start(program, arguments);
        if (process is null)
        {
            return null;
        }

        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (await output + await errors).Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process? Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
