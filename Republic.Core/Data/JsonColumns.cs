using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Republic.Core.Data;

internal static class JsonColumns
{
    /// <summary>For records and lists that nobody changes in place: another object is another value.</summary>
    public static void IsJson<T>(this PropertyBuilder<T> property) => property.IsJson(SnakeCaseJson.Options);

    /// <inheritdoc cref="IsJson{T}(PropertyBuilder{T})"/>
    public static void IsJson<T>(this PropertyBuilder<T> property, JsonSerializerOptions options) =>
        property
            .HasColumnType("jsonb")
            .HasConversion(
                new ValueConverter<T, string>(
                    value => JsonSerializer.Serialize(value, options),
                    json => JsonSerializer.Deserialize<T>(json, options)!
                ),
                new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => value == null ? 0 : value.GetHashCode())
            );
}
