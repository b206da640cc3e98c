using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Datasets.Refining;

/// <summary>Reads single rows of the source again, for their shingles: to keep them all would take more memory than all else.</summary>
internal sealed class RowLoader(SourceFile source)
{
    private readonly IRowParser parser = source.NewParser();
    private readonly RowText text = new();
    private readonly RowMeasure measure = new();
    private byte[] bytes = new byte[4096];

    /// <summary>Sorted, each once.</summary>
    /// <exception cref="IOException">The source is not what it was when it was read first.</exception>
    public void Load(in CandidateRow row, ShingleSet into)
    {
        Read(row);
        measure.Read(text);
        into.Fill(measure.Shingles);
    }

    /// <exception cref="IOException">Likewise.</exception>
    public void Load(in CandidateRow row, RowSides into)
    {
        Read(row);
        into.Fill(text);
    }

    private void Read(in CandidateRow row)
    {
        if (bytes.Length < row.SourceLength)
        {
            bytes = new byte[row.SourceLength * 2];
        }

        var record = bytes.AsSpan(0, row.SourceLength);
        if (RandomAccess.Read(source.Handle, record, row.SourceOffset) != record.Length || parser.Parse(record, text) is not null)
        {
            throw new IOException("The upload changed while it was read.");
        }
    }
}
