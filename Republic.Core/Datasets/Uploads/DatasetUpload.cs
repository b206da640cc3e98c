using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Rows;
using Republic.Core.Files;

namespace Republic.Core.Datasets.Uploads;

/// <summary>Takes in what rows are read from.</summary>
public sealed class DatasetUpload(DatasetFiles files, DatasetQuota quota) : FileUpload(files, quota)
{
    /// <summary>Rows that came as JSON, one a line as a file would have them.</summary>
    public async Task<Outcome<ReceivedFile>> ReceiveRowsAsync(Guid owner, JsonElement rows, CancellationToken ct)
    {
        using var lines = new MemoryStream();
        foreach (var row in rows.EnumerateArray())
        {
            var start = (int)lines.Length;
            // As they came, so that a broken character is judged where a file's are. A line end can only stand between values.
            lines.Write(JsonMarshal.GetRawUtf8Value(row));
            var written = lines.GetBuffer().AsSpan(start, (int)lines.Length - start);
            written.Replace((byte)'\n', (byte)' ');
            written.Replace((byte)'\r', (byte)' ');
            lines.WriteByte((byte)'\n');
        }

        lines.Position = 0;
        return await ReceiveAsync(owner, lines, fileName: null, ct);
    }

    /// <summary>
    /// Rows that the program itself makes. They are written while they are received: a file in between would be left where the process is killed,
    /// and no deletion would find it.
    /// </summary>
    public async Task<Outcome<ReceivedFile>> ReceiveRowsAsync(Guid owner, IEnumerable<IReadOnlyList<RowMessage>> rows, CancellationToken ct)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(pipe.Writer, rows, ct);
        Outcome<ReceivedFile> received;
        await using (var lines = pipe.Reader.AsStream())
        {
            received = await ReceiveAsync(owner, lines, fileName: null, ct);
        }

        await writing;
        return received;
    }

    private static async Task WriteAsync(PipeWriter writer, IEnumerable<IReadOnlyList<RowMessage>> rows, CancellationToken ct)
    {
        Exception? failure = null;
        try
        {
            await using var lines = writer.AsStream(leaveOpen: true);
            await RowLines.WriteAsync(lines, rows, ct);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure);
        }
    }

    protected override Failure? Refusal(ReadOnlySpan<byte> start) => SourceStart.Refusal(start);
}
