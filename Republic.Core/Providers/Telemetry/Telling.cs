using System.Collections.Concurrent;
using System.Text.Json;

namespace Republic.Core.Providers.Telemetry;

/// <summary>Enumerations as telemetry spells values.</summary>
internal static class Telling
{
    private static readonly ConcurrentDictionary<Enum, string> Known = new();

    public static string Snake(Enum value) => Known.GetOrAdd(value, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
}
