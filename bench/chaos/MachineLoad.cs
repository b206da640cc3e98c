using System.Globalization;

namespace Republic.Bench;

/// <summary>How much the machine had to do meanwhile, this and all else.</summary>
internal sealed class MachineLoad
{
    private readonly List<double> seen = [];

    public void Look() => seen.Add(double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString()
    {
        var name = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return $"{Environment.ProcessorCount} cores ({name?.Split(':')[1].Trim() ?? "unknown"}), load {seen.Min():0} to {seen.Max():0}";
    }
}
