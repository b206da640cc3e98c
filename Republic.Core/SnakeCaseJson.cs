using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core;

/// <summary>JSON with names as the API spells them.</summary>
public static class SnakeCaseJson
{
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>For what is stored: nulls are left out, enums are written by name.</summary>
    public static JsonSerializerOptions Compact { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new StorableText() },
        };

    /// <summary>For files that come with the program: a misspelt name is an error.</summary>
    public static JsonSerializerOptions Strict { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        };
}
