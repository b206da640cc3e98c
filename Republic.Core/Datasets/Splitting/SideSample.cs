namespace Republic.Core.Datasets.Splitting;

/// <summary>How common the shingles of one side are, and its texts, counted in up to <see cref="Most"/> rows from end to end.</summary>
internal sealed class SideSample(SideRule rule)
{
    public const int Most = 4096;
    private readonly Dictionary<ulong, int> shingles = [];
    private readonly Dictionary<ulong, (int Words, int Rows)> texts = [];
    private readonly HashSet<ulong> seen = [];
    private readonly HashSet<ulong> untied = [];

    /// <summary>A bit for each that counts less, among those that share its upper bits: most rare ones are told by it alone.</summary>
    private readonly ulong[] mayCountLess = new ulong[1024];
    private int rows;

    /// <summary>Texts that tie no rows together.</summary>
    public int Untied => untied.Count;

    public void Add(TextShingles text)
    {
        rows++;
        seen.Clear();
        foreach (var shingle in text.All)
        {
            if (seen.Add(shingle))
            {
                shingles[shingle] = shingles.GetValueOrDefault(shingle) + 1;
            }
        }

        texts[text.Exact] = (text.Words, texts.GetValueOrDefault(text.Exact).Rows + 1);
    }

    /// <summary>After the last: keeps only what does not count as rare.</summary>
    public void Close()
    {
        foreach (var (shingle, holding) in shingles)
        {
            var counts = rule.Counts(holding, rows);
            if (counts == rule.RareCounts)
            {
                shingles.Remove(shingle);
            }
            else
            {
                shingles[shingle] = counts;
                mayCountLess[shingle >> 54] |= 1UL << (int)(shingle >> 48);
            }
        }

        shingles.TrimExcess();
        untied.UnionWith(texts.Where(text => !rule.Ties(text.Value.Words, text.Value.Rows, rows)).Select(text => text.Key));
        texts.Clear();
    }

    public bool Ties(ulong exact) => !untied.Contains(exact);

    /// <summary>Each shingle of a text as often as it counts.</summary>
    public Span<ulong> Weighted(TextShingles text, ref ulong[] into)
    {
        var most = text.All.Length * rule.RareCounts;
        if (into.Length < most)
        {
            into = new ulong[most * 2];
        }

        var count = 0;
        foreach (var shingle in text.All)
        {
            var copies = MayCountLess(shingle) && shingles.TryGetValue(shingle, out var counts) ? counts : rule.RareCounts;
            for (var copy = 1; copy <= copies; copy++)
            {
                into[count++] = shingle * (0xD6E8FEB86659FD93 + (2 * (ulong)copy));
            }
        }

        return into.AsSpan(0, count);
    }

    private bool MayCountLess(ulong shingle) => (mayCountLess[shingle >> 54] & (1UL << (int)(shingle >> 48))) != 0;
}
