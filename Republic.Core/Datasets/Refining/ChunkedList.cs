namespace Republic.Core.Datasets.Refining;

/// <summary>A list that grows without being copied, so that it never takes twice its memory.</summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int Bits = 14;
    private readonly List<T[]> chunks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref chunks[index >> Bits][index & ((1 << Bits) - 1)];

    /// <summary>Its memory stays with it, for what is added next.</summary>
    public void Clear() => Count = 0;

    public void Add(in T item)
    {
        if (Count >> Bits == chunks.Count)
        {
            chunks.Add(new T[1 << Bits]);
        }

        Count++;
        this[Count - 1] = item;
    }
}
