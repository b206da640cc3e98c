using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Republic.Core;

/// <summary>Lays the fields of a JSON object over what stands: absent keeps, null clears, a wrong type is named field by field.</summary>
internal sealed class JsonFields<T>
    where T : class
{
    private readonly JsonSerializerOptions options;
    private readonly Dictionary<string, JsonPropertyInfo> fields;

    public JsonFields(params JsonConverter[] converters)
    {
        options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        fields = options
            .GetTypeInfo(typeof(T))
            .Properties.Where(property => property.Set is not null)
            .ToDictionary(property => property.Name, StringComparer.Ordinal);
    }

    /// <summary>What could not be read; the rest stands in <paramref name="over"/>.</summary>
    public IReadOnlyList<FieldError> Lay(JsonElement body, T over)
    {
        List<FieldError> errors = [];
        foreach (var sent in body.EnumerateObject())
        {
            if (fields.TryGetValue(sent.Name, out var field) && Set(over, field, sent.Value) is { } error)
            {
                errors.Add(error);
            }
        }

        return errors;
    }

    private FieldError? Set(T over, JsonPropertyInfo field, JsonElement value)
    {
        try
        {
            field.Set!(over, value.Deserialize(field.PropertyType, options));
            return null;
        }
        // A lone surrogate is an InvalidOperationException: it is JSON, but no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new FieldError(field.Name, $"{field.Name} must be {Kind(field.PropertyType)}.");
        }
    }

    private static string Kind(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(string) => "text",
            var t when t == typeof(bool) => "true or false",
            var t when t == typeof(int) => $"a whole number up to {int.MaxValue}",
            var t when t == typeof(double) || t == typeof(decimal) => "a number",
            var t when t == typeof(DateTimeOffset) => "a time such as 2026-12-24T18:00:00Z",
            { IsEnum: true } t => $"one of {string.Join(", ", Enum.GetNames(t).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
            var t when t == typeof(Guid) => "an id",
            var t when t == typeof(List<string>) => "a list of texts",
            var t when t == typeof(List<Guid>) => "a list of ids",
            _ => "a JSON object",
        };
}
