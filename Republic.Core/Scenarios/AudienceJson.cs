using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Scenarios;

/// <summary>An audience as JSON: <c>"all"</c>, <c>"present"</c>, or a list of roles.</summary>
internal sealed class AudienceJson : JsonConverter<Audience>
{
    public override Audience Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return Audience.Of(JsonSerializer.Deserialize<List<string>>(ref reader, options)!);
        }

        return reader.TokenType == JsonTokenType.String ? Named(reader.GetString()) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Audience value, JsonSerializerOptions options)
    {
        if (value.Kind == AudienceKind.Listed)
        {
            JsonSerializer.Serialize(writer, value.Roles, options);
        }
        else
        {
            writer.WriteStringValue(value.Kind == AudienceKind.All ? "all" : "present");
        }
    }

    private static Audience Named(string? name) =>
        name switch
        {
            "all" => Audience.All,
            "present" => Audience.Present,
            _ => throw new JsonException(),
        };
}
