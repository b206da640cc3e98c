using System.Diagnostics;
using System.Globalization;

namespace Republic.Core.Data;

/// <summary>
/// What <c>postmaster.pid</c> says: the process on line 1, its data folder on line 2, its port on line 4.
/// The file outlives a killed server, and its process id may since belong to somebody else.
/// </summary>
internal sealed record Postmaster(int ProcessId, string DataFolder, int Port)
{
    public static Postmaster? Read(string dataFolder)
    {
        try
        {
            var lines = File.ReadAllLines(FileIn(dataFolder));
            return
                lines.Length >= 4
                && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)
                && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                ? new Postmaster(process, lines[1], port)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "postmaster.pid");

    public bool IsAlive
    {
        get
        {
            try
            {
                if (OperatingSystem.IsLinux())
                {
                    // Empty for a zombie, which a container without an init process keeps for long.
                    var command = File.ReadAllText($"/proc/{ProcessId}/cmdline");
                    return command.Contains("postgres", StringComparison.Ordinal) && command.Contains(DataFolder, StringComparison.Ordinal);
                }

                using var process = Process.GetProcessById(ProcessId);
                return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
