namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>Goes through the rows of a version by the lines of its source. A JSON array may have all of its rows in one line.</summary>
internal sealed class LineCursor : IDisposable
{
    private readonly IEnumerator<IndexRow> rows;
    private readonly List<ContentHash> hashes = [];

    /// <summary>The rows of a line that has several, once they were asked for.</summary>
    private HashSet<ContentHash>? set;
    private bool hasNext;

    public LineCursor(VersionReader version)
    {
        rows = version.Index.All().GetEnumerator();
        hasNext = rows.MoveNext();
    }

    public int Line { get; private set; }

    /// <summary>The position of the line's first row.</summary>
    public int First { get; private set; }

    /// <summary>The line's rows, in their order.</summary>
    public IReadOnlyList<ContentHash> Hashes => hashes;

    public bool Contains(ContentHash hash) => hashes.Count == 1 ? hashes[0] == hash : (set ??= [.. hashes]).Contains(hash);

    /// <returns>False at the end of the version.</returns>
    public bool MoveNext()
    {
        First += hashes.Count;
        hashes.Clear();
        set = null;
        if (!hasNext)
        {
            return false;
        }

        Line = rows.Current.Line;
        while (hasNext && rows.Current.Line == Line)
        {
            hashes.Add(rows.Current.Hash);
            hasNext = rows.MoveNext();
        }

        return true;
    }

    public void Dispose() => rows.Dispose();
}
