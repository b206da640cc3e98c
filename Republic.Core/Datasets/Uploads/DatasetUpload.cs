using System.Runtime.InteropServices;
using System.Text.Json;
using Republic.Core.Datasets.Reading;
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

    protected override Failure? Refusal(ReadOnlySpan<byte> start) => SourceStart.Refusal(start);
}
