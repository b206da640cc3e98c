using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Episodes;

/// <summary>JSON of what an episode keeps: entries, whose bytes are hashed, and states.</summary>
internal static class EpisodeJson
{
    public static JsonSerializerOptions Options { get; } =
        new(SnakeCaseJson.Compact)
        {
            // Written before its fields, and read wherever a client has put it.
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = false,
            NumberHandling = JsonNumberHandling.Strict,
        };
}
