using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Republic.Core.Training.Configuration;

/// <summary>Says which field of a configuration cannot be read, and what it takes: the reader's own words name types of the code.</summary>
internal static class UnreadableConfig
{
    /// <param name="path">As the reader tells it: <c>$.lora.target_modules[0]</c>. What is below a list or a map is that field.</param>
    public static Failure At(string? path, JsonSerializerOptions json)
    {
        var (field, type) = ("config", typeof(TrainingConfig));
        foreach (var name in (path ?? "$").Split('.', '[').Skip(1))
        {
            var info = json.GetTypeInfo(type);
            if (info.Kind != JsonTypeInfoKind.Object || info.Properties.FirstOrDefault(own => own.Name == name) is not { } property)
            {
                break;
            }

            (field, type) = ($"{field}.{name}", Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        }

        return Failure.Invalid(field, $"{field} cannot be read. It takes {Kind(type, json)}.");
    }

    private static string Kind(Type type, JsonSerializerOptions json) =>
        type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Guid) ? "an id"
        : type == typeof(int) ? $"a whole number up to {int.MaxValue}"
        : type == typeof(long) ? "a whole number"
        : type.IsPrimitive ? "a number"
        : type.IsEnum
            ? string.Join(" or ", Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.Serialize(value, type, json)))
        : json.GetTypeInfo(type) switch
        {
            { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } entry } => $"a list, and for each entry {Kind(entry, json)}",
            { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value } => $"an object, and for each name {Kind(value, json)}",
            _ => "an object",
        };
}
