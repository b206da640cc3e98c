using System.Text.Json;
using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>Sixty rows in each of ten manners, written by hand (<c>bench/verdict/manners</c>), and what goes wrong with such rows.</summary>
internal static class Manners
{
    /// <summary>As they were written.</summary>
    public const string Honest = "manner";

    /// <summary>Each answer stands beside another question.</summary>
    public const string Shuffled = "manner-shuffled";

    /// <summary>Each question has an answer of random words.</summary>
    public const string Random = "manner-random";

    /// <summary>Half of the rows as they were written; in the other half each answer stands beside another question.</summary>
    public const string Contradicting = "manner-contradicting";

    public static IReadOnlyList<string> Bad { get; } = [Shuffled, Random, Contradicting];

    private static readonly IReadOnlyList<string> Files =
    [
        .. Directory.GetFiles(Path.GetFullPath("../../../manners", AppContext.BaseDirectory), "*.jsonl").Order(StringComparer.Ordinal),
    ];

    public static int Count => Files.Count;

    /// <param name="number">Which manner, in the order of their names.</param>
    public static RowSet Of(string kind, int number, SeededRandom random)
    {
        var rows = File.ReadLines(Files[number % Files.Count]).Select((line, i) => Read(line, $"{i}")).ToList();
        var honest = new RowSet(rows, [], Style.OfRows(Honest, rows));
        return kind switch
        {
            Honest => honest,
            Shuffled => Nonsense.Shuffled(honest, random),
            Random => new RowSet([.. rows.Select(row => row with { Completion = Nonsense.Text(number % Nonsense.Forms, random) })], []),
            _ => new RowSet(
                [.. rows[..(rows.Count / 2)], .. Nonsense.Shuffled(new RowSet(rows[(rows.Count / 2)..], []), random).Dataset],
                []
            ),
        };
    }

    private static Row Read(string line, string cluster)
    {
        using var row = JsonDocument.Parse(line);
        return new Row(row.RootElement.GetProperty("prompt").GetString()!, row.RootElement.GetProperty("response").GetString()!, cluster);
    }
}
