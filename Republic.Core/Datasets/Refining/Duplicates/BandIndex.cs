namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>
/// Of each row and band the nearest earlier row with the same values in that band: a chain through all rows that are candidates for
/// one another. It takes the place of the band hashes themselves, 4 bytes a row and band.
/// </summary>
/// <param name="spare">Lists that nobody needs any more; their memory is used again.</param>
internal sealed class BandIndex(int bands, Stack<ChunkedList<int>>? spare = null)
{
    private const int None = -1;
    private readonly ChunkedList<int>[] previous =
    [
        .. Enumerable.Range(0, bands).Select(_ => spare?.TryPop(out var used) == true ? used : new ChunkedList<int>()),
    ];

    public int Bands => bands;

    /// <summary>A hash before, and after <see cref="Link"/> a row or -1.</summary>
    public ref int this[int band, int row] => ref previous[band][row];

    public void Add(ReadOnlySpan<uint> hashes)
    {
        for (var band = 0; band < bands; band++)
        {
            previous[band].Add((int)hashes[band]);
        }
    }

    /// <summary>Gives the lists to whoever needs such; the index holds nothing afterwards.</summary>
    public void Release(Stack<ChunkedList<int>> spare)
    {
        foreach (var band in previous)
        {
            band.Clear();
            spare.Push(band);
        }

        Array.Clear(previous);
    }

    public void Link(int threads, CancellationToken ct) =>
        Parallel.For(
            0,
            bands,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = ct },
            () => (Keys: Array.Empty<ulong>(), Spare: Array.Empty<ulong>()),
            (band, _, buffers) =>
            {
                var count = previous[band].Count;
                var used = buffers.Keys.Length == count ? buffers : (Keys: new ulong[count], Spare: new ulong[count]);
                LinkBand(previous[band], used.Keys, used.Spare);
                return used;
            },
            _ => { }
        );

    private static void LinkBand(ChunkedList<int> band, ulong[] keys, ulong[] spare)
    {
        for (var row = 0; row < band.Count; row++)
        {
            keys[row] = ((ulong)(uint)band[row] << 32) | (uint)row;
        }

        Sort(keys, spare);
        for (var i = 0; i < keys.Length; i++)
        {
            var hash = keys[i] >> 32;
            band[(int)(uint)keys[i]] = i > 0 && hash != 0 && keys[i - 1] >> 32 == hash ? (int)(uint)keys[i - 1] : None;
        }
    }

    /// <summary>By the upper half, byte by byte; the lower is in order already and stays so.</summary>
    private static void Sort(ulong[] keys, ulong[] spare)
    {
        Span<int> starts = stackalloc int[256];
        for (var shift = 32; shift < 64; shift += 8)
        {
            starts.Clear();
            foreach (var key in keys)
            {
                starts[(int)(key >> shift) & 255]++;
            }

            var sum = 0;
            foreach (ref var start in starts)
            {
                (start, sum) = (sum, sum + start);
            }

            foreach (var key in keys)
            {
                spare[starts[(int)(key >> shift) & 255]++] = key;
            }

            (keys, spare) = (spare, keys);
        }
    }
}
