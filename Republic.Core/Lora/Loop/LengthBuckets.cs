namespace Republic.Core.Lora.Loop;

/// <summary>
/// Puts rows of similar length into batches, because a batch is as long as its longest row. Rows are shuffled, sorted by
/// length within windows, cut into batches, and the batches shuffled: order stays random, and padding small.
/// </summary>
/// <param name="batchSize">The most rows of a batch.</param>
/// <param name="multiple">Batches are padded to a multiple of this.</param>
internal sealed class LengthBuckets(int batchSize, int multiple = 32)
{
    private const int BatchesPerWindow = 50;

    /// <param name="lengths">In tokens, of each row.</param>
    /// <returns>The rows' numbers, batch by batch; each row once.</returns>
    public IReadOnlyList<int[]> Batches(IReadOnlyList<int> lengths, SeededRandom random)
    {
        var order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle<int>(order);
        var batches = new List<int[]>();
        foreach (var window in order.Chunk(batchSize * BatchesPerWindow))
        {
            // A stable sort: rows of one padded length keep their random order.
            batches.AddRange(window.OrderBy(row => Padded(lengths[row])).Chunk(batchSize));
        }

        var shuffled = batches.ToArray();
        random.Shuffle<int[]>(shuffled);
        return shuffled;
    }

    public int Padded(int length) => (length + multiple - 1) / multiple * multiple;
}
