using Microsoft.Win32.SafeHandles;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Reading;

/// <summary>Cuts a source into batches of whole records, in constant memory.</summary>
/// <param name="start">Where the records begin: after a byte order mark, a bracket or a header.</param>
/// <param name="firstLine">Of that place.</param>
internal sealed class SourceReader(SafeFileHandle file, RecordSplitter splitter, long start, int firstLine)
{
    public const int BlockSize = 1 << 19;

    /// <summary>A text of a million characters takes at most 4 MB.</summary>
    public const int LongestRecord = 4 << 20;

    /// <summary>One byte more than is shown of a row, so that it is seen to be cut.</summary>
    private const int Shown = RejectedWriter.Shown + 1;
    private static readonly string TooLong = FormattableString.Invariant($"it is longer than {LongestRecord >> 20} MB");

    /// <summary>Of a record that is not whole yet, all of them seen by the splitter.</summary>
    private readonly ByteBuffer rest = new(BlockSize);
    private long position = start;
    private int line = firstLine;
    private bool isTooLong;
    private long dropped;
    private int droppedLines;
    private bool isAtEnd;
    private bool isMissingTold;

    /// <summary>Of the source, up to which it has been read.</summary>
    public long Position => position;

    /// <returns>False at the end of the source, with nothing in the batch.</returns>
    public bool Fill(RecordBatch batch)
    {
        batch.Records.Clear();
        batch.Bytes.Clear(BlockSize * 2);
        var begin = 0;
        var seen = rest.Length;
        batch.Bytes.Append(rest.Written);
        while (!isAtEnd && batch.Records.Count == 0)
        {
            isAtEnd = !ReadBlock(batch.Bytes);
            Split(batch, ref begin, ref seen);
            if (batch.Records.Count == 0 && (isTooLong || batch.Bytes.Length - begin > LongestRecord))
            {
                Overflow(batch, begin, ref seen);
            }
        }

        rest.Clear(BlockSize);
        rest.Append(batch.Bytes.Written[begin..]);
        return batch.Records.Count > 0;
    }

    private bool ReadBlock(ByteBuffer bytes)
    {
        var count = RandomAccess.Read(file, bytes.Reserve(BlockSize)[..BlockSize], position);
        bytes.Length += count;
        position += count;
        return count > 0;
    }

    private void Split(RecordBatch batch, ref int begin, ref int seen)
    {
        while (true)
        {
            var end = -1;
            if (splitter.Broken is null)
            {
                end = splitter.FindEnd(batch.Bytes.Written[seen..]);
                end = end < 0 ? -1 : seen + end;
            }

            if (end < 0 && splitter.Broken is null)
            {
                seen = batch.Bytes.Length;
                if (!isAtEnd || begin == batch.Bytes.Length)
                {
                    AddMissing(batch);
                    return;
                }

                splitter.CutOff();
                end = batch.Bytes.Length;
            }

            if (splitter.Broken is not null && (end = RestartOf(batch, begin)) < 0)
            {
                // What a broken record takes is not known yet.
                seen = batch.Bytes.Length;
                return;
            }

            Add(batch, begin, end, seen < batch.Bytes.Length ? splitter.Separator : 0);
            (begin, seen) = (end, end);
        }
    }

    private void AddMissing(RecordBatch batch)
    {
        if (isAtEnd && !isMissingTold && splitter.Missing is { } missing)
        {
            isMissingTold = true;
            batch.Records.Add(new SourceRecord(batch.Bytes.Length, 0, position, line, missing));
        }
    }

    private int RestartOf(RecordBatch batch, int begin)
    {
        var end = splitter.FindRestart(batch.Bytes.Written[begin..]);
        return end >= 0 ? begin + end
            : isAtEnd ? batch.Bytes.Length
            : -1;
    }

    private void Add(RecordBatch batch, int begin, int end, int separator)
    {
        var bytes = batch.Bytes.Written[begin..end];
        var content = bytes[..^Math.Min(separator, bytes.Length)];
        var blank = content.Length - content.TrimStart(splitter.White).Length;
        var length = content.Trim(splitter.White).Length;
        // White space before a record may be lines of its own.
        var lines = content[..blank].Count((byte)'\n');
        if (length > 0)
        {
            var fault = isTooLong ? TooLong : splitter.Broken;
            var offset = position - batch.Bytes.Length + begin + blank - dropped;
            batch.Records.Add(
                new SourceRecord(begin + blank, Math.Min(length, fault is null ? length : Shown), offset, line + lines, fault)
            );
        }

        line += bytes.Count((byte)'\n') + droppedLines;
        (isTooLong, dropped, droppedLines) = (false, 0, 0);
        if (splitter.Broken is not null)
        {
            splitter.Restart();
        }
    }

    /// <summary>Keeps the beginning of a record that is too long, to show it, and forgets what follows.</summary>
    private void Overflow(RecordBatch batch, int begin, ref int seen)
    {
        if (!isTooLong)
        {
            splitter.CutOff();
            if (splitter.Broken is not null && RestartOf(batch, begin) >= 0)
            {
                // Not a long record but one that is not closed: its first line is bad, and the others are read again.
                seen = begin;
                return;
            }
        }

        isTooLong = true;
        var bytes = batch.Bytes.Written[begin..];
        var cut = bytes[Shown..];
        dropped += cut.Length;
        droppedLines += cut.Count((byte)'\n');
        batch.Bytes.Length = begin + Shown;
        seen = batch.Bytes.Length;
    }
}
