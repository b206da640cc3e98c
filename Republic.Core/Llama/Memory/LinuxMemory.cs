using System.Globalization;

namespace Republic.Core.Llama.Memory;

/// <summary>
/// Reads what memory Linux has for this process: that of the machine (/proc/meminfo), bounded by each control group that the process
/// is in (cgroup v2's memory.max, v1's memory.limit_in_bytes), of whose use file pages that nobody holds on to are left out.
/// </summary>
/// <param name="root">Where the file system begins.</param>
internal sealed class LinuxMemory(string root)
{
    private const string Version1 = "/sys/fs/cgroup/memory";
    private const string Version2 = "/sys/fs/cgroup";

    /// <summary>Null where the kernel does not say.</summary>
    public MachineMemory? Read()
    {
        if (Meminfo("MemTotal:") is not { } total || Meminfo("MemAvailable:") is not { } available)
        {
            return null;
        }

        return Groups()
            .Aggregate(
                new MachineMemory(available, total),
                (memory, group) => new(Math.Min(memory.AvailableBytes, group.AvailableBytes), Math.Min(memory.TotalBytes, group.TotalBytes))
            );
    }

    /// <summary>The limits of the process's group and of those above it, as far as they can be seen from within a container.</summary>
    private IEnumerable<MachineMemory> Groups()
    {
        foreach (var line in Lines("/proc/self/cgroup"))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
            {
                continue;
            }

            var isVersion1 = controllers.Split(',').Contains("memory");
            if (!isVersion1 && controllers.Length > 0)
            {
                continue;
            }

            for (var at = path.TrimEnd('/'); ; at = at[..Math.Max(at.LastIndexOf('/'), 0)])
            {
                if ((isVersion1 ? GroupOfVersion1(Version1 + at) : GroupOfVersion2(Version2 + at)) is { } group)
                {
                    yield return group;
                }

                if (at.Length == 0)
                {
                    break;
                }
            }
        }
    }

    private MachineMemory? GroupOfVersion1(string folder) =>
        Group(folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");

    private MachineMemory? GroupOfVersion2(string folder) => Group(folder, "memory.max", "memory.current", "inactive_file");

    private MachineMemory? Group(string folder, string limitFile, string usedFile, string reclaimable)
    {
        if (First($"{folder}/{limitFile}") is not { } limit)
        {
            return null;
        }

        var used = First($"{folder}/{usedFile}") ?? 0;
        var spare = Labelled($"{folder}/memory.stat", reclaimable) ?? 0;
        return new(Math.Clamp(limit - Math.Max(used - spare, 0), 0, limit), limit);
    }

    /// <summary>Bytes, of a line of /proc/meminfo, which has kibibytes.</summary>
    private long? Meminfo(string label) => Labelled("/proc/meminfo", label) is { } number and < long.MaxValue >> 10 ? number << 10 : null;

    /// <summary>The number that a file consists of.</summary>
    private long? First(string file) => Lines(file) is [var line, ..] ? Number(line) : null;

    /// <summary>The number behind a label, or null where there is no such file, line or number.</summary>
    private long? Labelled(string file, string label) =>
        Lines(file)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words is [var first, _, ..] && first == label)
            is { } found
            ? Number(found[1])
            : null;

    /// <summary>None where the file cannot be read.</summary>
    private IReadOnlyList<string> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(Path.Join(root, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Null for "max", by which a group says that it has no limit.</summary>
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
