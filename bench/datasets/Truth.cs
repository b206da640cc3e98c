using System.Globalization;
using Republic.Core.Datasets.Versions;

namespace Republic.Bench;

/// <summary>Compares what was planted with what a version says.</summary>
internal static class Truth
{
    public static void Compare(string truth, string folder)
    {
        using var version = VersionReader.Open(folder);
        var repeats = new HashSet<int>();
        for (var offset = 0; ; )
        {
            var page = version.Clusters(offset, 1000, 1000);
            if (page.Clusters.Count == 0)
            {
                break;
            }

            repeats.UnionWith(page.Clusters.SelectMany(cluster => cluster.Repeats).Select(repeat => repeat.Line));
            offset += page.Clusters.Count;
        }

        var rejected = new HashSet<int>();
        for (long? from = 0; from is { } at; )
        {
            var page = version.Rejected(at, 1000);
            rejected.UnionWith(page.Rows.Select(row => row.Line));
            from = page.Next;
        }

        var planted = File.ReadLines(truth)
            .Select(line => line.Split(' '))
            .Select(parts => (Line: Number(parts[0]), Kind: parts[1], Similarity: double.Parse(parts[3], CultureInfo.InvariantCulture)))
            .ToList();
        List<int> Lines(string kind, double from, double below) =>
            [.. planted.Where(row => row.Kind == kind && row.Similarity >= from && row.Similarity < below).Select(row => row.Line)];
        Console.WriteLine("\n| planted | rows | found | share |\n| --- | --- | --- | --- |");
        Show("malformed", Lines("malformed", 0, 1), rejected);
        Show("exact duplicates", Lines("exact", 0, 2), repeats);
        Show("near duplicates, Jaccard 0.8 and more", Lines("near", 0.8, 2), repeats);
        Show("0.7 to 0.8", Lines("near", 0.7, 0.8), repeats);
        Show("below 0.68, to be kept", Lines("near", 0, 0.68), repeats);
        var lines = planted.Select(row => row.Line).ToHashSet();
        Console.WriteLine(
            $"\nFound without being planted: {repeats.Count(line => !lines.Contains(line))} repeats, {rejected.Except(lines).Count()} malformed."
        );
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Show(string what, List<int> planted, HashSet<int> found)
    {
        var hits = planted.Count(found.Contains);
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {what} | {planted.Count:n0} | {hits:n0} | {100.0 * hits / Math.Max(1, planted.Count):0.000} % |"
            )
        );
    }
}
