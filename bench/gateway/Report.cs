using System.Globalization;

namespace Republic.Bench;

/// <summary>Prints the tables.</summary>
internal static class Report
{
    public static void Machine(Options options) =>
        Print(
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {options.Rounds} rounds of {options.Seconds} s, load {File.ReadAllText("/proc/loadavg")[..14]}"
        );

    public static void Race(IReadOnlyList<Gateway> gateways, List<Load.Figures[]> rounds, bool stream, int clients)
    {
        Print($"\n### {(stream ? "Streams" : "JSON")}, {clients} client{(clients == 1 ? "" : "s")}\n");
        Print(
            $"| | requests a second | of haproxy's (range) | of Portkey's | p50 ms | p99 ms | added p50 | added p99 | {(stream ? "first word p50 | added p50 | added p99 | " : "")}CPU µs a request | failed |"
        );
        Print($"| --- | --- | --- | --- | --- | --- | --- | --- | {(stream ? "--- | --- | --- | " : "")}--- | --- |");
        for (var at = 0; at < gateways.Count; at++)
        {
            var i = at;
            double Of(Func<Load.Figures, double> figure) => Median(rounds.Select(round => figure(round[i])));
            double Added(Func<Load.Figures, double> figure) => Median(rounds.Select(round => figure(round[i]) - figure(round[0])));
            var first = stream
                ? $"{Of(f => f.Firsts.P50):0.000} | {Added(f => f.Firsts.P50):0.000} | {Added(f => f.Firsts.P99):0.000} | "
                : "";
            Print(
                $"| {gateways[i].Name} | {Of(f => f.PerSecond):n0} | {Beside("haproxy", i)} | {Beside("Portkey", i)} | {Of(f => f.Totals.P50):0.000} | {Of(f => f.Totals.P99):0.000} | {Added(f => f.Totals.P50):0.000} | {Added(f => f.Totals.P99):0.000} | {first}{Of(f => f.CpuMicroseconds):0} | {rounds.Sum(round => round[i].Troubles.Values.Sum())} |"
            );
            foreach (var (what, count) in rounds.SelectMany(round => round[i].Troubles).Take(3))
            {
                Console.Error.WriteLine($"{gateways[i].Name}: {count} times {what}");
            }
        }

        string Beside(string name, int i)
        {
            var other = gateways.ToList().FindIndex(gateway => gateway.Name == name);
            var ratios = other < 0 ? [] : rounds.Select(round => round[i].PerSecond / round[other].PerSecond).ToList();
            return ratios.Count == 0 ? "" : Text($"{Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})");
        }
    }

    public static void Switch(List<(Load.Figures Plain, Load.Figures Switched)> rounds, Load.Figures rush)
    {
        Print($"\n### A fallback, one client\n\n| | p50 ms | p99 ms |\n| --- | --- | --- |");
        Print(
            $"| answered at once | {Median(rounds.Select(r => r.Plain.Totals.P50)):0.000} | {Median(rounds.Select(r => r.Plain.Totals.P99)):0.000} |"
        );
        Print(
            $"| answered by the fallback | {Median(rounds.Select(r => r.Switched.Totals.P50)):0.000} | {Median(rounds.Select(r => r.Switched.Totals.P99)):0.000} |"
        );
        Print(
            $"| added | {Median(rounds.Select(r => r.Switched.Totals.P50 - r.Plain.Totals.P50)):0.000} | {Median(rounds.Select(r => r.Switched.Totals.P99 - r.Plain.Totals.P99)):0.000} |"
        );
        Print($"\n{rush.Totals.Count:n0} switches by 16 clients: {rush.Troubles.Values.Sum()} failed.");
    }

    public static void Crowd(IReadOnlyList<Gateway> gateways, List<Crowd.Figures[]> rounds, int streams, int words, int pace)
    {
        Print($"\n### {streams:n0} streams of {words} words, one every {pace} ms\n");
        Print(
            $"| | words a second | of direct (range) | first word p50 ms | p99 | longest stall p50 ms | p99 | most | CPU µs a word | memory MB | not whole |"
        );
        Print($"| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (var at = 0; at < gateways.Count; at++)
        {
            var i = at;
            double Of(Func<Crowd.Figures, double> figure) => Median(rounds.Select(round => figure(round[i])));
            var ratios = rounds.Select(round => round[i].PerSecond / round[0].PerSecond).ToList();
            Print(
                $"| {gateways[i].Name} | {Of(f => f.PerSecond):n0} | {Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) | {Of(f => f.Firsts.P50):0.0} | {Of(f => f.Firsts.P99):0.0} | {Of(f => f.Late.P50):0} | {Of(f => f.Late.P99):0} | {Of(f => f.Late.Most):0} | {Of(f => f.CpuMicroseconds):0} | {Of(f => f.Memory):0} | {rounds.Sum(round => round[i].Lost)} |"
            );
        }
    }

    public static void Memory(List<(int Requests, double Memory)> steps, int failed)
    {
        Print($"\n### A million requests, 16 clients, JSON and streams in turns\n\n| requests | memory MB |\n| --- | --- |");
        foreach (var (requests, memory) in steps)
        {
            Print($"| {requests:n0} | {memory:0} |");
        }

        Print($"\n{failed} failed.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static void Print(FormattableString line)
    {
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}
