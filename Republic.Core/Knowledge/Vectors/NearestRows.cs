namespace Republic.Core.Knowledge.Vectors;

/// <summary>The best of a scan so far, which several threads may add to.</summary>
internal sealed class NearestRows(int most)
{
    // The same rows are the nearest, whoever comes first: where values are equal, the earlier row is kept.
    private readonly PriorityQueue<int, (float Value, int Later)> kept = new(most + 1);
    private readonly Lock adding = new();
    private float least = float.NegativeInfinity;

    /// <summary>What is below this is not kept any more.</summary>
    public float Least => Volatile.Read(ref least);

    /// <summary>The nearest first.</summary>
    public IEnumerable<(int Row, float Value)> Rows =>
        kept.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => (item.Element, item.Priority.Value));

    public void Add(int row, float value)
    {
        lock (adding)
        {
            if (kept.Count < most)
            {
                kept.Enqueue(row, (value, -row));
            }
            else
            {
                kept.EnqueueDequeue(row, (value, -row));
            }

            if (kept.Count == most && kept.TryPeek(out _, out var worst))
            {
                Volatile.Write(ref least, worst.Value);
            }
        }
    }
}
