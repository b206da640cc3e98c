namespace Republic.Core.Datasets.Reading;

internal sealed class LineSplitter : RecordSplitter
{
    public override int FindEnd(ReadOnlySpan<byte> more)
    {
        var end = more.IndexOf((byte)'\n');
        // A line of UTF-16 ends with 00 0A 00, and the next line is not to inherit the last of them.
        return end < 0 ? -1
            : end > 0 && end + 1 < more.Length && more[end - 1] == 0 && more[end + 1] == 0 ? end + 2
            : end + 1;
    }
}
