namespace Republic.Core.Datasets.Splitting;

/// <summary>Rows in clusters that grow together (union-find with path halving; the earliest row stands for its cluster).</summary>
internal sealed class DisjointRows
{
    private readonly int[] parents;

    public DisjointRows(int count)
    {
        parents = new int[count];
        for (var row = 0; row < count; row++)
        {
            parents[row] = row;
        }
    }

    public int Count => parents.Length;

    public bool AreOne(int row, int other) => Find(row) == Find(other);

    /// <returns>Whether they were not one before.</returns>
    public bool Unite(int row, int other)
    {
        var (a, b) = (Find(row), Find(other));
        parents[Math.Max(a, b)] = Math.Min(a, b);
        return a != b;
    }

    /// <summary>The number of each row's cluster, counted from 0 in the order of their first rows. Nothing can be united any more.</summary>
    public int[] Number(out int clusters)
    {
        clusters = 0;
        for (var row = 0; row < parents.Length; row++)
        {
            // A parent comes before its children, so it has its number already.
            parents[row] = parents[row] == row ? clusters++ : parents[parents[row]];
        }

        return parents;
    }

    private int Find(int row)
    {
        while (parents[row] != row)
        {
            row = parents[row] = parents[parents[row]];
        }

        return row;
    }
}
