namespace Republic.Core.Knowledge.Vectors;

/// <summary>The best of a scan so far.</summary>
internal sealed class NearestRows(int most)
{
    private readonly PriorityQueue<(int Segment, int Row), float> kept = new(most + 1);

    /// <summary>What a row must be nearer than, to be kept.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    public IEnumerable<(int Segment, int Row)> Rows => kept.UnorderedItems.Select(item => item.Element);

    public void Add(int segment, int row, float nearness)
    {
        if (kept.Count < most)
        {
            kept.Enqueue((segment, row), nearness);
        }
        else
        {
            kept.EnqueueDequeue((segment, row), nearness);
        }

        if (kept.Count == most && kept.TryPeek(out _, out var least))
        {
            Least = least;
        }
    }
}
