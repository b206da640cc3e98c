using System.Text.Encodings.Web;
using System.Text.Json;

namespace Republic.Core.Training;

/// <summary>Configuration, outputs of steps and reports as JSON: names as the API spells them.</summary>
public static class TrainingJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            Converters = { new StorableText() },
        };
}
