using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core;

/// <summary>Leaves NUL out of the texts of JSON that is stored: PostgreSQL refuses it, and a model may well write one.</summary>
internal sealed class StorableText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Replace("\0", ""));
}
