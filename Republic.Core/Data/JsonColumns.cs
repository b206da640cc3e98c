using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Republic.Core.Data;

internal static partial class JsonColumns
{
    /// <summary>For records and lists that nobody changes in place: another object is another value.</summary>
    public static void IsJson<T>(this PropertyBuilder<T> property) => property.IsJson(SnakeCaseJson.Options);

    /// <inheritdoc cref="IsJson{T}(PropertyBuilder{T})"/>
    public static void IsJson<T>(this PropertyBuilder<T> property, JsonSerializerOptions options) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                new ValueConverter<T, string>(
                    value => Storable(JsonSerializer.Serialize(value, options)),
                    json => JsonSerializer.Deserialize<T>(json, options)!
                ),
                new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => value == null ? 0 : value.GetHashCode())
            );

    /// <summary>Without NUL characters, which a provider may answer with and jsonb refuses.</summary>
    private static string Storable(string json) =>
        json.Contains("\\u0000", StringComparison.Ordinal) ? Nul().Replace(json, "${escaped}") : json;

    /// <summary>An escaped NUL. After an odd number of backslashes more it would be a backslash and a text.</summary>
    [GeneratedRegex("""(?<!\\)(?<escaped>(\\\\)*)\\u0000""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nul();
}
