using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Republic.Core.Providers.Caching;

/// <summary>
/// Puts the frames of a stream together to the answer that the model would have given whole. What it cannot put together for certain, or
/// what is too long, gives no answer at all.
/// </summary>
/// <param name="maxBytes">Of the answer, roughly.</param>
internal sealed class StreamedAnswer(int maxBytes)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, JsonElement> around = new(StringComparer.Ordinal);
    private readonly MergedJson choice = new();
    private readonly MergedJson message = new();
    private bool isLost;

    public void Add(ReadOnlyMemory<byte> frame)
    {
        if (isLost)
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(frame);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                if (!member.NameEquals("choices"u8))
                {
                    AddAround(member);
                }
                else if (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0)
                {
                    AddChoice(member.Value[0]);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            isLost = true;
        }

        isLost |= choice.Length + message.Length > maxBytes;
    }

    /// <summary>Nothing where there is no such answer.</summary>
    public ReadOnlyMemory<byte> Whole()
    {
        if (isLost)
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "chat.completion"u8);
            foreach (var (name, value) in around.Where(member => member.Key != "object"))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            if (!message.Has("content"))
            {
                json.WriteNull("content"u8);
            }

            message.WriteMembers(json, except: "role");
            json.WriteEndObject();
            choice.WriteMembers(json, except: "index");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    // The same with each frame, but for counts: of those the last word counts.
    private void AddAround(JsonProperty member)
    {
        var isSaid =
            member.Value.ValueKind == JsonValueKind.Null
            || (
                around.TryGetValue(member.Name, out var known)
                && JsonMarshal.GetRawUtf8Value(known).SequenceEqual(JsonMarshal.GetRawUtf8Value(member.Value))
            );
        if (!isSaid)
        {
            around[member.Name] = member.Value.Clone();
        }
    }

    private void AddChoice(JsonElement piece)
    {
        foreach (var member in piece.EnumerateObject())
        {
            if (!member.NameEquals("delta"u8))
            {
                choice.Add(member);
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var said in member.Value.EnumerateObject())
                {
                    message.Add(said);
                }
            }
        }
    }
}
