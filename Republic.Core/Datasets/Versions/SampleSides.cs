using Microsoft.Win32.SafeHandles;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Datasets.Versions;

/// <summary>The samples of a version, read from its samples.jsonl.</summary>
/// <param name="placeOf">A sample's offset there, and its length with the line end.</param>
internal sealed class SampleSides(SafeFileHandle samples, Func<int, (long Offset, int Length)> placeOf) : IRowSides
{
    private readonly JsonRowParser parser = new();
    private readonly RowText text = new();
    private byte[] bytes = new byte[4096];

    public void Read(int row, RowSides into)
    {
        var (offset, length) = placeOf(row);
        if (bytes.Length < length)
        {
            bytes = new byte[length * 2];
        }

        var line = bytes.AsSpan(0, length);
        if (RandomAccess.Read(samples, line, offset) != length || parser.Parse(line.TrimEnd((byte)'\n'), text) is not null)
        {
            throw new IOException("A sample of the version cannot be read again.");
        }

        into.Fill(text);
    }
}
