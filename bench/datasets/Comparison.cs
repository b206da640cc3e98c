using System.Diagnostics;
using System.Globalization;

namespace Republic.Bench;

/// <summary>The refinery and the Python way in turns, each in a process of its own; medians, and ratios pair by pair.</summary>
/// <param name="python">"none" where there is no Python with numpy: then the refinery alone is measured.</param>
internal sealed class Comparison(string path, int rounds, string python, int pythonRows)
{
    private readonly List<Dictionary<string, double>> whole = [];
    private readonly List<Dictionary<string, double>> dry = [];
    private readonly List<Dictionary<string, double>> peer = [];

    public void Run()
    {
        var self = Environment.ProcessPath!;
        var program = Path.Combine(AppContext.BaseDirectory, "Republic.Bench.dll");
        for (var round = 0; round < rounds; round++)
        {
            whole.Add(Measure(self, program, "run", path, path + ".version"));
            dry.Add(Measure(self, program, "run", path, "dry"));
            if (python != "none")
            {
                peer.Add(
                    Measure(
                        python,
                        Path.Combine(AppContext.BaseDirectory, "peer.py"),
                        path,
                        pythonRows.ToString(CultureInfo.InvariantCulture)
                    )
                );
            }

            var beside = peer.Count > 0 ? $", python {peer[^1]["seconds"]} s" : "";
            Console.Error.WriteLine($"round {round + 1}: {whole[^1]["seconds"]} s, dry {dry[^1]["seconds"]} s{beside}");
        }

        Console.WriteLine("| what | rows | seconds | rows a second | CPU µs a row | peak over idle, MB |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        Row("refinery, writes the version", whole);
        Row("refinery, dry run", dry);
        if (peer.Count > 0)
        {
            Row("Python", peer);
            Console.WriteLine();
            Console.WriteLine($"Rows a second, refinery over Python: {Ratio(whole, peer, row => row["rows"] / row["seconds"])}");
            Console.WriteLine($"CPU a row, Python over refinery: {Ratio(peer, whole, row => row["cpu"] / row["rows"])}");
        }

        Truth.Compare(path + ".truth", path + ".version");
        LookMeasurement.Run(path + ".version");
    }

    private static void Row(string what, List<Dictionary<string, double>> runs)
    {
        double Of(Func<Dictionary<string, double>, double> value) => Median(runs.Select(value));
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {what} | {Of(r => r["rows"]):n0} | {Of(r => r["seconds"]):0.00} | {Of(r => r["rows"] / r["seconds"]):n0} | {Of(r => r["cpu"] / r["rows"] * 1e6):0.0} | {Of(r => r["peak"]):0} |"
            )
        );
    }

    private static string Ratio(
        List<Dictionary<string, double>> above,
        List<Dictionary<string, double>> below,
        Func<Dictionary<string, double>, double> value
    )
    {
        var ratios = above.Zip(below, (a, b) => value(a) / value(b)).ToList();
        return FormattableString.Invariant($"{Median(ratios):0.0} ({ratios.Min():0.0} to {ratios.Max():0.0})");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The first line of what it says: names and numbers in turn.</summary>
    private static Dictionary<string, double> Measure(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var words = text.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return process.ExitCode == 0
            ? words.Chunk(2).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
