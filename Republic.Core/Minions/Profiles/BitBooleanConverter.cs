using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Minions.Profiles;

/// <summary>Older records, and the databases they come from, write 1 and 0 for true and false.</summary>
internal sealed class BitBooleanConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number when reader.TryGetInt32(out var bit) && bit is 0 or 1 => bit == 1,
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}
