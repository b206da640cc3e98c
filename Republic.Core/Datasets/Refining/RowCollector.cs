using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>Takes parsed rows in, in the order of the source: counts them, finds exact repeats, and writes what may become a sample.</summary>
/// <param name="draft">Null in a dry run.</param>
/// <param name="mostRows">That may become samples: each of them is kept in memory.</param>
internal sealed class RowCollector(VersionDraft? draft, BandIndex? bands, int mostRows)
{
    private readonly int[] fates = new int[Enum.GetValues<RowVerdict>().Length];
    private readonly int[] formats = new int[Enum.GetValues<RowFormat>().Length];
    private readonly List<RowError> errors = [];
    private ExactTable? table;

    public ChunkedList<CandidateRow> Candidates { get; } = new();

    public ChunkedList<ExactRepeat> Repeats { get; } = new();

    public IReadOnlyList<RowError> Errors => errors;

    public int Rows => fates.Sum();

    public int this[RowVerdict verdict] => fates[(int)verdict];

    public string? Format
    {
        get
        {
            var found = Enum.GetValues<RowFormat>().Where(format => formats[(int)format] > 0).ToList();
            return found.Count switch
            {
                0 => null,
                1 => found[0].ToString().ToLowerInvariant(),
                _ => "mixed",
            };
        }
    }

    public void TakeIn(RowWorker worker)
    {
        table ??= new ExactTable(Candidates);
        var (start, end, good) = (0, 0, 0);
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(worker.Rows))
        {
            fates[(int)row.Fate]++;
            if (row.Fate != RowVerdict.Good)
            {
                Reject(worker, row);
                continue;
            }

            formats[(int)row.Format]++;
            var record = worker.Batch.Records[row.Record];
            if (table.Find(row.Hash) is var earlier and >= 0)
            {
                Repeats.Add(new ExactRepeat(earlier, record.Line));
                draft?.AppendSamples(worker.Samples.Slice(start, end - start));
                start = row.Start + row.Length + 1;
            }
            else
            {
                Accept(row, record);
                bands?.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(worker.Bands).Slice(good * bands.Bands, bands.Bands));
            }

            end = row.Start + row.Length + 1;
            good++;
        }

        draft?.AppendSamples(worker.Samples.Slice(start, end - start));
        draft?.CheckBudget();
        if (Candidates.Count > mostRows)
        {
            throw QuotaExceededException.InMemory(mostRows);
        }
    }

    private void Accept(in ParsedRow row, SourceRecord record)
    {
        Candidates.Add(
            new CandidateRow
            {
                Hash = row.Hash,
                Sketch = row.Sketch,
                SourceOffset = record.Offset,
                SourceLength = record.Length,
                Line = record.Line,
                Length = row.Length + 1,
                Characters = row.Characters,
                Quality = row.Quality,
                Turns = row.Turns,
                Root = CandidateRow.IsKept,
            }
        );
        table!.AddLast();
    }

    private void Reject(RowWorker worker, in ParsedRow row)
    {
        var record = worker.Batch.Records[row.Record];
        if (row.Fate == RowVerdict.Malformed && errors.Count < RefineryResult.FirstErrors)
        {
            errors.Add(new RowError(record.Line, row.Reason!));
        }

        draft?.Rejected.Add(record.Line, NameOf(row.Fate), row.Reason!, worker.Batch.Content(record));
    }

    private static string NameOf(RowVerdict verdict) =>
        verdict switch
        {
            RowVerdict.Malformed => "malformed",
            RowVerdict.TooShort => "too_short",
            RowVerdict.TooLong => "too_long",
            _ => "low_quality",
        };
}
