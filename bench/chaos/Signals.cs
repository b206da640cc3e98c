using System.Runtime.InteropServices;

namespace Republic.Bench;

/// <summary>Signals to processes that this one started, or that those started.</summary>
internal static partial class Signals
{
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <returns>Whether there was such a process.</returns>
    public static bool Send(int process, int signal) => process > 1 && kill(process, signal) == 0;

    /// <summary>Children of a process, by their command line.</summary>
    public static IReadOnlyList<int> Children(int parent, Func<string, bool> isOne) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
                .Where(id => id > 0 && ParentOf(id) == parent)
                .Where(id => isOne(Read($"/proc/{id}/cmdline"))),
        ];

    private static int ParentOf(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [not "Z", var parent, ..] ? int.Parse(parent) : 0;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
