namespace Republic.Core.Datasets.Splitting;

/// <summary>
/// Which clusters of rows are held out: those whose number, mixed with the seed, is lowest. A cluster's number is that of one of its rows,
/// so it stays on its side when others are added or taken away, except a few at the limit.
/// </summary>
internal sealed class RowSplit
{
    /// <summary>Unless no more than twice as many are there.</summary>
    public const int FewestLearned = 5;

    private readonly RowClusters clusters;
    private readonly bool[] heldOut;

    /// <param name="share">Of the clusters; null chooses one by their number.</param>
    /// <param name="numberOf">The same for a row wherever it stands.</param>
    /// <param name="mostRows">That are held out.</param>
    public RowSplit(RowClusters clusters, Func<int, ulong> numberOf, double? share, long seed, int mostRows = int.MaxValue)
    {
        this.clusters = clusters;
        heldOut = new bool[clusters.Count];
        Choose(Order(numberOf, seed), share ?? HeldOutShare.For(clusters.Count), mostRows);
        HeldOutGroups = heldOut.Count(chosen => chosen);
    }

    public int Groups => clusters.Count;

    public int HeldOutGroups { get; }

    public int DifferentAnswers => clusters.DifferentAnswers;

    public int GroupOf(int row) => clusters.Of[row];

    public bool IsHeldOut(int row) => heldOut[clusters.Of[row]];

    /// <summary>Larger clusters than fit are passed over. Rows may be more than the share: as many clusters are aimed at as it says.</summary>
    private void Choose(int[] order, double share, int mostRows)
    {
        var rows = clusters.Of.Count;
        var wanted = share <= 0 ? 0 : Math.Max(1, (int)Math.Round(clusters.Count * share));
        var room = Math.Min(Math.Min(rows / 2, Math.Max(1, rows - FewestLearned)), mostRows);
        var sizes = new int[clusters.Count];
        foreach (var cluster in clusters.Of)
        {
            sizes[cluster]++;
        }

        foreach (var cluster in order)
        {
            if (wanted == 0)
            {
                break;
            }

            if (sizes[cluster] <= room)
            {
                heldOut[cluster] = true;
                room -= sizes[cluster];
                wanted--;
            }
        }
    }

    private int[] Order(Func<int, ulong> numberOf, long seed)
    {
        // The lowest number of a cluster's rows, mixed afterwards: else large clusters would come first.
        var numbers = new ulong[clusters.Count];
        Array.Fill(numbers, ulong.MaxValue);
        for (var row = 0; row < clusters.Of.Count; row++)
        {
            ref var lowest = ref numbers[clusters.Of[row]];
            lowest = Math.Min(lowest, numberOf(row));
        }

        var salt = (ulong)seed * 0x9E3779B97F4A7C15;
        for (var cluster = 0; cluster < numbers.Length; cluster++)
        {
            numbers[cluster] = Mix(numbers[cluster] ^ salt);
        }

        var order = Enumerable.Range(0, numbers.Length).ToArray();
        Array.Sort(numbers, order);
        return order;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
