using System.Text.Json;

namespace Republic.Core.Lora;

/// <summary>Settings and progress as JSON: names as the API spells them.</summary>
internal static class LoraJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
