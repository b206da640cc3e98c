using System.Diagnostics;
using Republic.Core.Datasets.Versions;

namespace Republic.Bench;

/// <summary>What a page has to wait for when somebody looks at a version.</summary>
internal static class LookMeasurement
{
    private const int Rounds = 9;

    public static void Run(string folder)
    {
        using var version = VersionReader.Open(folder);
        using var other = VersionReader.Open(folder);
        var middle = version.Row(version.Count / 2)!;
        Console.WriteLine("\n| looking at the version | ms |\n| --- | --- |");
        Show("it is opened", () => VersionReader.Open(folder).Dispose());
        Show("50 rows in the middle", () => version.Rows(version.Count / 2, 50));
        Show("a row by its hash, in the middle", () => version.RowOf(middle.Hash));
        Show("a search through all rows that finds none", () => version.Search("nowhere to be found", 0, 50, CancellationToken.None));
        Show("a search for a usual word, first 50", () => version.Search(middle.Messages[0].Content[..8], 0, 50, CancellationToken.None));
        Show("20 clusters of duplicates", () => version.Clusters(1000, 20));
        Show("the difference to another version", () => version.DiffFrom(other, 0, 50));
    }

    private static void Show(string what, Action look)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            look();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"| {what} | {times[Rounds / 2]:0.0} |"));
    }
}
