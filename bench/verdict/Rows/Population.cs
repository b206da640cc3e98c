using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>Rows by cluster, as many of each as are asked for.</summary>
/// <param name="Clusters">Each makes one row after another from the randomness it is given.</param>
internal sealed record Population(IReadOnlyDictionary<string, Func<SeededRandom, Row>> Clusters)
{
    private const int MostTries = 40;

    /// <summary>Clusters go either to the dataset or to the fresh rows; both take turns through theirs.</summary>
    /// <param name="clusters">That the dataset is made of.</param>
    public RowSet Draw(SeededRandom random, int rows, int clusters, int fresh, Style? style = null)
    {
        var names = Clusters.Keys.Order(StringComparer.Ordinal).ToArray();
        random.Shuffle<string>(names);
        return new RowSet(Take(names[..clusters], rows, random), Take(names[clusters..], fresh, random), style);
    }

    private List<Row> Take(string[] names, int count, SeededRandom random)
    {
        var rows = new List<Row>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; rows.Count < count; i++)
        {
            if (i > count * MostTries)
            {
                throw new InvalidOperationException($"{names.Length} clusters do not give {count} different rows.");
            }

            var row = Clusters[names[i % names.Length]](random);
            if (seen.Add(row.Prompt + "\n" + row.Completion))
            {
                rows.Add(row);
            }
        }

        // As they come they would be in turns, which a split may see.
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        return rows;
    }
}
