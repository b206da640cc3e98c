using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Core.Datasets.Refining;

/// <summary>
/// Reads a source in waves of batches: while the batches of one wave are worked on side by side, the wave before is taken in, in
/// order, and the next is read.
/// </summary>
internal sealed class ReadingPipeline(SourceFile source, RefineryInput input, MinHash? minHash)
{
    /// <summary>With half a megabyte for each batch, two waves stay far below the 64 MB that checking may take.</summary>
    private const int BatchesInWave = 4;
    private readonly SourceReader reader = source.NewReader();

    public void Run(Action<RowWorker> takeIn, Action<long> report, CancellationToken ct)
    {
        var (working, waiting) = (NewWave(), NewWave());
        var filled = Fill(working, ct);
        var ready = 0;
        while (filled > 0 || ready > 0)
        {
            ct.ThrowIfCancellationRequested();
            var next = 0;
            Side([
                () =>
                {
                    foreach (var worker in waiting.AsSpan(0, ready))
                    {
                        takeIn(worker);
                    }

                    next = filled == 0 ? 0 : Fill(waiting, ct);
                },
                .. working.Take(filled).Select(worker => (Action)worker.Work),
            ]);
            (working, waiting, ready, filled) = (waiting, working, filled, next);
            report(reader.Position);
        }
    }

    private RowWorker[] NewWave() =>
        [
            .. Enumerable
                .Range(0, BatchesInWave)
                .Select(_ => new RowWorker(
                    source.NewParser(),
                    input.Settings,
                    minHash is null ? null : new MinHash(input.Settings.NearDuplicateThreshold)
                )),
        ];

    private int Fill(RowWorker[] wave, CancellationToken ct)
    {
        var filled = 0;
        while (filled < wave.Length && reader.Fill(wave[filled].Batch, ct))
        {
            filled++;
        }

        return filled;
    }

    private void Side(Action[] work)
    {
        try
        {
            Parallel.For(0, work.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, input.Threads) }, i => work[i]());
        }
        catch (AggregateException e)
        {
            // A full disk is a full disk, wherever it was met.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
