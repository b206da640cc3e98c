using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Republic.Core.Datasets.Versions;

/// <summary>
/// Rows that became no samples, one JSON object a line: line, kind, reason, and the row as it was found; where it is longer than
/// what is kept of it, also <c>"truncated": true</c>.
/// </summary>
internal sealed class RejectedWriter(Stream stream) : IDisposable
{
    public const int Shown = 4096;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Add(int line, string kind, string reason, ReadOnlySpan<byte> raw)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line);
            json.WriteString("kind"u8, kind);
            json.WriteString("reason"u8, reason);
            json.WriteString("raw"u8, Text(raw));
            if (raw.Length > Shown)
            {
                json.WriteBoolean("truncated"u8, true);
            }

            json.WriteEndObject();
        }

        stream.Write(buffer.WrittenSpan);
        stream.WriteByte((byte)'\n');
    }

    public void CopyFrom(Stream rejected) => rejected.CopyTo(stream);

    public void Dispose() => stream.Dispose();

    private static string Text(ReadOnlySpan<byte> raw)
    {
        var length = Math.Min(raw.Length, Shown);
        while (length > 0 && length < raw.Length && (raw[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(raw[..length]);
    }
}
