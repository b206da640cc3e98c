namespace Republic.Core;

public static class ProcessorCores
{
    private const long BytesWorthAThread = 16 << 20;

    /// <summary>Work on a small model is cut into as many parts whatever the number of threads, so that its results do not depend on it.</summary>
    internal const int SmallModelParts = 4;

    /// <summary>How many threads compute when nothing else is said: one core is left to the web, except on two.</summary>
    public static int ForModels() => ForModels(Usable());

    /// <summary>Cores that compute for this process.</summary>
    public static int Usable() => Math.Min(Physical(), Environment.ProcessorCount);

    /// <summary>How many of the threads there are a training run on this file is worth. One where it does not exist: that run will say so.</summary>
    public static int ForTraining(string modelPath, int most) =>
        !File.Exists(modelPath) ? 1
        : new FileInfo(modelPath).Length is var bytes && IsSmall(bytes) ? Math.Min(SmallModelParts, most)
        : Worth(bytes, most);

    /// <summary>A second thread would not compute one graph of such a model any faster.</summary>
    internal static bool IsSmall(long modelBytes) => Worth(modelBytes, most: 2) == 1;

    /// <summary>
    /// Threads wait for each other at every one of the hundreds of operations of a step, which costs a small model more than the
    /// help is worth: on a busy machine many times as much.
    /// </summary>
    internal static int Worth(long modelBytes, int most) => (int)Math.Clamp(modelBytes / BytesWorthAThread, 1, most);

    internal static int ForModels(int cores) => cores <= 2 ? cores : cores - 1;

    /// <summary>Two threads on one core are no faster than one here. Where the system does not tell, every processor counts.</summary>
    private static int Physical()
    {
        const string cpus = "/sys/devices/system/cpu";
        try
        {
            var cores = Directory
                .EnumerateDirectories(cpus, "cpu*")
                .Select(cpu => Path.Combine(cpu, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(File.ReadAllText)
                .Distinct(StringComparer.Ordinal)
                .Count();
            return cores > 0 ? cores : Environment.ProcessorCount;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.ProcessorCount;
        }
    }
}
