namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>A row's different shingles.</summary>
internal sealed class ShingleSet
{
    private ulong[] sorted = new ulong[512];
    private int count;

    public void Fill(Span<ulong> shingles)
    {
        shingles.Sort();
        if (sorted.Length < shingles.Length)
        {
            sorted = new ulong[shingles.Length * 2];
        }

        count = 0;
        foreach (var shingle in shingles)
        {
            if (count == 0 || sorted[count - 1] != shingle)
            {
                sorted[count++] = shingle;
            }
        }
    }

    /// <summary>|A ∩ B| / |A ∪ B|.</summary>
    public double Similarity(ShingleSet other)
    {
        var (i, j, common) = (0, 0, 0);
        while (i < count && j < other.count)
        {
            var (mine, its) = (sorted[i], other.sorted[j]);
            common += mine == its ? 1 : 0;
            i += mine <= its ? 1 : 0;
            j += its <= mine ? 1 : 0;
        }

        return count + other.count == 0 ? 0 : (double)common / (count + other.count - common);
    }
}
