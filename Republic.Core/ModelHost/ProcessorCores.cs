namespace Republic.Core.ModelHost;

public static class ProcessorCores
{
    internal const long BytesWorthAThread = 16 << 20;

    /// <summary>How many threads compute when nothing else is said: one core is left to the web, except on two.</summary>
    public static int ForModels() => ForModels(Math.Min(Physical(), Environment.ProcessorCount));

    /// <summary>
    /// How many threads training a model is worth: they wait for each other at every operation, and on a busy machine a small
    /// model then takes many times as long as with one.
    /// </summary>
    public static int ForTraining(long modelBytes) => (int)Math.Clamp(modelBytes / BytesWorthAThread, 1, ForModels());

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
