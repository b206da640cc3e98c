using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>Reads a batch of records and does all with them that needs no other rows. Several work side by side.</summary>
internal sealed class RowWorker(IRowParser parser, RefinerySettings settings, MinHash? minHash)
{
    private readonly RowText text = new();
    private readonly RowMeasure measure = new();

    public RecordBatch Batch { get; } = new();

    public List<ParsedRow> Rows { get; } = [];

    /// <summary>The good rows' lines, one after the other.</summary>
    public ByteBuffer Samples { get; } = new(SourceReader.BlockSize);

    /// <summary>Of the good rows, <see cref="MinHash.Bands"/> for each. 0 stands for a row without words, which is similar to none.</summary>
    public List<uint> Bands { get; } = [];

    public void Work()
    {
        Rows.Clear();
        Bands.Clear();
        Samples.Clear(SourceReader.BlockSize * 2);
        for (var i = 0; i < Batch.Records.Count; i++)
        {
            Rows.Add(Read(i, Batch.Records[i]));
        }
    }

    private ParsedRow Read(int number, SourceRecord record)
    {
        var reason = record.Fault ?? parser.Parse(Batch.Content(record), text);
        if (reason is not null)
        {
            return new ParsedRow
            {
                Record = number,
                Fate = RowVerdict.Malformed,
                Reason = reason,
            };
        }

        measure.Read(text);
        var quality = RowQuality.Of(measure);
        var (fate, why) = Judge(quality);
        if (fate != RowVerdict.Good)
        {
            return new ParsedRow
            {
                Record = number,
                Fate = fate,
                Reason = why,
                Format = text.Format,
            };
        }

        var start = Samples.Length;
        SampleJson.Write(text, Samples);
        var length = Samples.Length - start;
        var hash = ContentHash.Of(Samples.Slice(start, length));
        Samples.Append((byte)'\n');
        return new ParsedRow(
            number,
            fate,
            null,
            text.Format,
            start,
            length,
            hash,
            AddBands(),
            measure.Characters,
            quality,
            text.Turns.Count
        );
    }

    private (RowVerdict Fate, string? Reason) Judge(float quality) =>
        measure.Characters < settings.MinTextLength
            ? (
                RowVerdict.TooShort,
                FormattableString.Invariant($"it has {measure.Characters:n0} characters, fewer than {settings.MinTextLength:n0}")
            )
        : measure.Characters > settings.MaxTextLength
            ? (
                RowVerdict.TooLong,
                FormattableString.Invariant($"it has {measure.Characters:n0} characters, more than {settings.MaxTextLength:n0}")
            )
        : quality < settings.MinQuality
            ? (RowVerdict.LowQuality, FormattableString.Invariant($"its quality is {quality:0.00}, less than {settings.MinQuality:0.00}"))
        : (RowVerdict.Good, null);

    private Sketch AddBands()
    {
        if (minHash is null)
        {
            return default;
        }

        Span<uint> bands = stackalloc uint[MinHash.Values];
        bands = bands[..minHash.Bands];
        var shingles = measure.Shingles;
        var sketch = shingles.IsEmpty ? default : minHash.Compute(shingles, bands);
        foreach (var band in bands)
        {
            Bands.Add(shingles.IsEmpty ? 0 : Math.Max(1, band));
        }

        return sketch;
    }
}
