using System.Diagnostics;
using System.Globalization;
using Republic.Core.Datasets.Refining;

namespace Republic.Bench;

/// <summary>One run over a planted source: seconds, CPU and memory.</summary>
internal static class RefineryMeasurement
{
    /// <param name="folder">"dry" writes nothing.</param>
    public static void Run(string path, string folder)
    {
        var into = folder == "dry" ? null : folder;
        if (Directory.Exists(into))
        {
            Directory.Delete(into, recursive: true);
        }

        using var process = Process.GetCurrentProcess();
        var idle = Status("VmRSS:");
        var phases = new Phases();
        var watch = Stopwatch.StartNew();
        var cpu = process.TotalProcessorTime;
        var outcome = DatasetRefinery.Run(new RefineryInput(path, into, new RefinerySettings()), phases, CancellationToken.None);
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var used = (process.TotalProcessorTime - cpu).TotalSeconds;
        var counts = (outcome.Value ?? throw new InvalidOperationException(outcome.Failure!.Message)).Counts;
        var peak = (Status("VmHWM:") - idle) / 1048576.0;
        Console.WriteLine(FormattableString.Invariant($"seconds {seconds:0.00} cpu {used:0.00} rows {counts.Rows} peak {peak:0}"));
        Console.WriteLine(phases);
        Console.WriteLine(counts);
    }

    private static long Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    private sealed class Phases : IProgress<RefineryProgress>
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private readonly List<string> lines = [];
        private string last = "";

        public void Report(RefineryProgress value)
        {
            if (value.Phase != last)
            {
                last = value.Phase;
                lines.Add(FormattableString.Invariant($"{last} from {watch.Elapsed.TotalSeconds:0.00} s at {Status("VmRSS:") >> 20} MB"));
            }
        }

        public override string ToString() => string.Join("; ", lines);
    }
}
