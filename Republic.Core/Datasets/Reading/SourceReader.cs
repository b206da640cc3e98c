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

    /// <summary>Records of one batch: as many as a block of the shortest lines has.</summary>
    private const int MostRecords = BlockSize / 2;

    /// <summary>
    /// Bytes that may be read again, beside twice the source so far: for each line of a file in which no record is ever closed it would be
    /// those of the longest record. After that a record has to end in the line that it begins in, and time grows with the file alone.
    /// </summary>
    private const long MostSeenTwice = 32L * LongestRecord;

    /// <summary>One byte more than is shown of a row, so that it is seen to be cut.</summary>
    private const int Shown = RejectedWriter.Shown + 1;
    private static readonly string TooLong = FormattableString.Invariant($"it is longer than {LongestRecord >> 20} MB");

    private const string CutAtLine =
        "it is not closed in its line, and longer ones are no longer looked for: too many before it were never closed";

    /// <summary>Bytes of a record that is not whole yet, or of records that the last batch had no place for.</summary>
    private readonly ByteBuffer rest = new(BlockSize);
    private long position = start;
    private int line = firstLine;

    /// <summary>The bytes at the beginning of <see cref="rest"/> that the splitter has seen.</summary>
    private int seenOfRest;
    private bool isTooLong;
    private bool isCutAtLine;

    /// <summary>Bytes behind the first lines of broken records: they are read again, as records of their own.</summary>
    private long seenTwice;
    private long dropped;
    private int droppedLines;
    private bool isAtEnd;
    private bool isMissingTold;

    /// <summary>Of the source, up to which it has been read.</summary>
    public long Position => position;

    /// <returns>False at the end of the source, with nothing in the batch.</returns>
    public bool Fill(RecordBatch batch, CancellationToken ct)
    {
        batch.Records.Clear();
        batch.Bytes.Clear(BlockSize * 2);
        batch.Bytes.Append(rest.Written);
        var begin = 0;
        var seen = seenOfRest;
        do
        {
            ct.ThrowIfCancellationRequested();
            // What holds the longest record already is split first, or it would grow with each line that is taken from its beginning.
            if (!isAtEnd && batch.Bytes.Length - begin <= LongestRecord)
            {
                isAtEnd = !ReadBlock(batch.Bytes);
            }

            Split(batch, ref begin, ref seen, ct);
            if (batch.Records.Count == 0 && (isTooLong || batch.Bytes.Length - begin > LongestRecord))
            {
                Overflow(batch, begin, ref seen);
            }
        } while (batch.Records.Count == 0 && !(isAtEnd && begin == batch.Bytes.Length));

        rest.Clear(BlockSize);
        rest.Append(batch.Bytes.Written[begin..]);
        seenOfRest = seen - begin;
        return batch.Records.Count > 0;
    }

    private bool ReadBlock(ByteBuffer bytes)
    {
        var count = RandomAccess.Read(file, bytes.Reserve(BlockSize)[..BlockSize], position);
        bytes.Length += count;
        position += count;
        return count > 0;
    }

    private void Split(RecordBatch batch, ref int begin, ref int seen, CancellationToken ct)
    {
        while (batch.Records.Count < MostRecords)
        {
            ct.ThrowIfCancellationRequested();
            var separator = seen < batch.Bytes.Length ? splitter.Separator : 0;
            if (splitter.Broken is null && !FindEnd(batch.Bytes, ref seen))
            {
                if (seen == batch.Bytes.Length && (!isAtEnd || begin == seen))
                {
                    AddMissing(batch);
                    return;
                }

                splitter.CutOff();
                isCutAtLine = seen < batch.Bytes.Length && splitter.Broken is not null;
                if (seen < batch.Bytes.Length && !isCutAtLine)
                {
                    // Between two rows, or within one that has not begun.
                    continue;
                }

                separator = 0;
            }

            var end = seen;
            if (splitter.Broken is not null)
            {
                end = RestartOf(batch, begin);
                if (end < 0)
                {
                    // What a broken record takes is not known yet.
                    seen = batch.Bytes.Length;
                    return;
                }

                seenTwice += Math.Max(0, seen - end);
            }

            Add(batch, begin, end, separator);
            (begin, seen) = (end, end);
        }
    }

    /// <returns>False when the record goes on behind all that is now seen: what is in memory, or one line.</returns>
    private bool FindEnd(ByteBuffer bytes, ref int seen)
    {
        var more = bytes.Written[seen..];
        if (seenTwice > MostSeenTwice + (2 * position) && more.IndexOf((byte)'\n') is var lineEnd and >= 0)
        {
            more = more[..(lineEnd + 1)];
        }

        var end = splitter.FindEnd(more);
        seen += end < 0 ? more.Length : end;
        return end >= 0;
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
            var fault =
                isTooLong ? TooLong
                : isCutAtLine ? CutAtLine
                : splitter.Broken;
            var offset = position - batch.Bytes.Length + begin + blank - dropped;
            batch.Records.Add(
                new SourceRecord(begin + blank, Math.Min(length, fault is null ? length : Shown), offset, line + lines, fault)
            );
        }

        line += bytes.Count((byte)'\n') + droppedLines;
        (isTooLong, isCutAtLine, dropped, droppedLines) = (false, false, 0, 0);
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
