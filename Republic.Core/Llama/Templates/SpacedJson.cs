using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>JSON as Python writes it, which models were trained on: a blank behind each comma and colon, and letters of all scripts as they are.</summary>
internal static class SpacedJson
{
    private static readonly JsonSerializerOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode? node) =>
        node switch
        {
            JsonObject fields => $"{{{string.Join(", ", fields.Select(field => $"{Text(field.Key)}: {Write(field.Value)}"))}}}",
            JsonArray items => $"[{string.Join(", ", items.Select(Write))}]",
            null => "null",
            _ => node.ToJsonString(Letters),
        };

    private static string Text(string value) => JsonSerializer.Serialize(value, Letters);
}
