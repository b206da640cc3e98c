using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Republic.Core.Minions;

/// <summary>Lays the fields of a JSON object over what stands: absent keeps, null clears, a wrong type is named field by field.</summary>
public static class MinionJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new BitBooleanConverter() },
    };

    private static readonly Dictionary<string, JsonPropertyInfo> Fields = Options
        .GetTypeInfo(typeof(MinionInput))
        .Properties.Where(property => property.Set is not null)
        .ToDictionary(property => property.Name, StringComparer.Ordinal);

    public static Outcome<MinionInput> Read(JsonElement body, MinionInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the minion's fields.");
        }

        var input = over is null ? new MinionInput() : over with { };
        List<FieldError> errors = [];
        foreach (var sent in body.EnumerateObject())
        {
            if (Fields.TryGetValue(sent.Name, out var field) && Set(input, field, sent.Value) is { } error)
            {
                errors.Add(error);
            }
        }

        if (body.TryGetProperty("api_key", out var key) && key.ValueKind == JsonValueKind.Null)
        {
            input.ForgetApiKey = true;
        }

        input.Unreadable = errors;
        return input;
    }

    private static FieldError? Set(MinionInput input, JsonPropertyInfo field, JsonElement value)
    {
        try
        {
            field.Set!(input, value.Deserialize(field.PropertyType, Options));
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
            var t when t == typeof(double) => "a number",
            var t when t == typeof(List<string>) => "a list of texts",
            _ => "a JSON object",
        };
}
