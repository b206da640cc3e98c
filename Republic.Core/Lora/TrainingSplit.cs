namespace Republic.Core.Lora;

/// <summary>Which rows are learned from and which are held out to measure with.</summary>
internal sealed record TrainingSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Validation)
{
    private const long Purpose = 1;

    /// <summary>The same rows are held out for the same seed and number of rows.</summary>
    public static TrainingSplit Of(int rows, int heldOut, long seed)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        SeededRandom.For(seed, Purpose).Shuffle<int>(order);
        return new TrainingSplit([.. order[heldOut..].Order()], [.. order[..heldOut].Order()]);
    }
}
