using System.Globalization;

namespace Republic.Bench;

/// <summary>What processes have computed, as Linux counts it.</summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;

    /// <summary>Of a process and its children, those that ended among them.</summary>
    public static double SecondsOf(int process)
    {
        var children = Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == process);
        return Ticks(process, withEnded: true) + children.Sum(id => Ticks(id, withEnded: false));
    }

    public static int ParentOf(int process) => Fields(process) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    private static double Ticks(int process, bool withEnded) =>
        Fields(process) is { } fields
            ? fields[11..(withEnded ? 15 : 13)].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond
            : 0;

    /// <returns>What follows the name, which may have blanks in it; null where the process is gone.</returns>
    private static string[]? Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
