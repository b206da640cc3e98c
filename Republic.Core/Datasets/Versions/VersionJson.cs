using System.Text.Json;

namespace Republic.Core.Datasets.Versions;

internal static class VersionJson
{
    public static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
