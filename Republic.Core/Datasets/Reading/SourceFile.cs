using Microsoft.Win32.SafeHandles;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Reading;

/// <summary>An upload that is known to be readable, and how.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly SourceKind kind;
    private readonly long start;
    private readonly int linesBefore;
    private readonly TableHead? head;
    private readonly TablePlaces? places;

    private SourceFile(SafeFileHandle handle, SourceKind kind, long start, int linesBefore, TableHead? head, TablePlaces? places) =>
        (Handle, this.kind, this.start, this.linesBefore, this.head, this.places) = (handle, kind, start, linesBefore, head, places);

    public SafeFileHandle Handle { get; }

    public long Length => RandomAccess.GetLength(Handle);

    public static Outcome<SourceFile> Open(string path, RowMapping? mapping)
    {
        var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var opened = Open(handle, mapping);
        if (!opened.Ok)
        {
            handle.Dispose();
        }

        return opened;
    }

    public static Outcome<SourceLook> Look(string path)
    {
        using var handle = File.OpenHandle(path);
        return Look(ReadStart(handle), RandomAccess.GetLength(handle) <= SourceStart.Length);
    }

    public static Outcome<SourceLook> Look(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        var judged = SourceStart.Judge(bytes, isWhole);
        if (judged.Failure is { } failure)
        {
            return failure;
        }

        if (judged.Value != SourceKind.Table)
        {
            return new SourceLook(judged.Value == SourceKind.Lines ? "lines" : "array", null);
        }

        var text = bytes[MarkLength(bytes)..];
        var read = TableHead.Read(text);
        if (read.Value is not { } head)
        {
            return read.Failure!;
        }

        var table = new TableLook((char)head.Delimiter, head.Columns, head.Records(text, isWhole, 20), TableGuess.From(head.Columns));
        return new SourceLook("table", table);
    }

    public SourceReader NewReader()
    {
        RecordSplitter splitter = kind switch
        {
            SourceKind.Array => new ArraySplitter(),
            SourceKind.Table => new TableSplitter(head!.Delimiter),
            _ => new LineSplitter(),
        };
        return new SourceReader(Handle, splitter, start, 1 + linesBefore);
    }

    /// <summary>One for each thread.</summary>
    public IRowParser NewParser() =>
        kind == SourceKind.Table ? new TableRowParser(head!.Delimiter, head.Columns.Count, places!) : new JsonRowParser();

    /// <summary>All rows, one after another, on the calling thread.</summary>
    public IEnumerable<SourceRow> Rows()
    {
        var (reader, parser) = (NewReader(), NewParser());
        var (batch, text) = (new RecordBatch(), new RowText());
        while (reader.Fill(batch, CancellationToken.None))
        {
            foreach (var record in batch.Records)
            {
                var problem = record.Fault ?? parser.Parse(batch.Content(record), text);
                yield return new SourceRow(record.Line, problem is null ? text.ToMessages() : [], problem);
            }
        }
    }

    public void Dispose() => Handle.Dispose();

    private static Outcome<SourceFile> Open(SafeFileHandle handle, RowMapping? mapping)
    {
        var bytes = ReadStart(handle);
        var judged = SourceStart.Judge(bytes, RandomAccess.GetLength(handle) <= SourceStart.Length, mapping is not null);
        if (judged.Failure is { } failure)
        {
            return failure;
        }

        var mark = MarkLength(bytes);
        var text = bytes.AsSpan(mark);
        switch (judged.Value)
        {
            case SourceKind.Lines:
                return new SourceFile(handle, SourceKind.Lines, mark, 0, null, null);
            case SourceKind.Array:
                var blank = text.Length - text.TrimStart(" \t\r\n"u8).Length;
                var lines = text[..blank].Count((byte)'\n');
                return new SourceFile(handle, SourceKind.Array, mark + blank + 1, lines, null, null);
            default:
                var read = TableHead.Read(text);
                return read.Value is { } head ? OpenTable(handle, head, mark, mapping) : read.Failure!;
        }
    }

    private static Outcome<SourceFile> OpenTable(SafeFileHandle handle, TableHead head, int mark, RowMapping? mapping)
    {
        mapping ??= TableGuess.From(head.Columns);
        if (mapping is null)
        {
            return Failure.Invalid(
                "mapping",
                head.Columns.Count < 2
                    ? "There are no rows in it: no line is a JSON object, and the first line does not name the two columns of a table, "
                        + "with a comma, a semicolon, a tab or | between them."
                    : $"Choose which column is the prompt and which the answer. The columns are: {Quoted.Of(head.Columns)}."
            );
        }

        var chosen = TablePlaces.Of(mapping, head.Columns);
        return chosen.Value is { } found
            ? new SourceFile(handle, SourceKind.Table, mark + head.Length, head.Lines, head, found)
            : chosen.Failure!;
    }

    private static int MarkLength(ReadOnlySpan<byte> bytes) => bytes.StartsWith(RecordBytes.Mark) ? RecordBytes.Mark.Length : 0;

    private static byte[] ReadStart(SafeFileHandle handle)
    {
        var bytes = new byte[(int)Math.Min(SourceStart.Length, RandomAccess.GetLength(handle))];
        var length = 0;
        for (int count; length < bytes.Length && (count = RandomAccess.Read(handle, bytes.AsSpan(length), length)) > 0; )
        {
            length += count;
        }

        return bytes[..length];
    }
}
