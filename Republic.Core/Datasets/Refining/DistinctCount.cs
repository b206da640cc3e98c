namespace Republic.Core.Datasets.Refining;

/// <summary>How many different numbers there are among some. Cleared at no cost, as it is for every row.</summary>
internal sealed class DistinctCount
{
    private ulong[] slots = new ulong[512];
    private int[] stamps = new int[512];
    private int stamp = 1;

    public int Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        stamp++;
    }

    /// <returns>Whether it is a new one.</returns>
    public bool Add(ulong value)
    {
        if (Count * 2 > slots.Length)
        {
            Grow();
        }

        var mask = slots.Length - 1;
        var at = (int)(value >> 32) & mask;
        while (stamps[at] == stamp)
        {
            if (slots[at] == value)
            {
                return false;
            }

            at = (at + 1) & mask;
        }

        (slots[at], stamps[at]) = (value, stamp);
        Count++;
        return true;
    }

    private void Grow()
    {
        var (oldSlots, oldStamps, oldStamp) = (slots, stamps, stamp);
        (slots, stamps, stamp, Count) = (new ulong[oldSlots.Length * 2], new int[oldSlots.Length * 2], 1, 0);
        for (var i = 0; i < oldSlots.Length; i++)
        {
            if (oldStamps[i] == oldStamp)
            {
                Add(oldSlots[i]);
            }
        }
    }
}
