using System.Text.Json;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Editing;

namespace Republic.Core.Scenarios.Yaml;

internal static class FactReader
{
    public static FactDefinition? Read(string name, FieldReader fields)
    {
        var value = fields.Required("value", "Say what is so, or write null.") is { } node ? Value(fields, node) : null;
        var knownTo = fields.Find("known_to") is { } known ? AudienceReader.Read(fields, known, "known_to", AudienceKind.All) : null;
        fields.RefuseOthers();
        return value is { } json ? new FactDefinition(name, json) { KnownTo = knownTo } : null;
    }

    private static JsonElement? Value(FieldReader fields, YamlNode node)
    {
        JsonElement? value = node switch
        {
            YamlScalar scalar => Json(scalar),
            YamlSequence { Items: var items } when items.All(item => item is YamlScalar { IsNull: false } one && Json(one) is not null) =>
                JsonSerializer.SerializeToElement(items.Select(item => Json((YamlScalar)item))),
            _ => null,
        };
        var problem =
            value is { } json ? FactRules.ValueProblem(json)
            : HasUnkeptNumber(node) ? "A number is infinite, too large, or has too many digits. In quotes it is kept as a text."
            : "A fact is a text, a number, true, false, null, or a list of these.";
        if (problem is null)
        {
            return value;
        }

        fields.Add(node, fields.PathOf("value"), problem);
        return null;
    }

    private static bool HasUnkeptNumber(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar is { IsNumber: true, Number: null },
            YamlSequence sequence => sequence.Items.Any(HasUnkeptNumber),
            _ => false,
        };

    private static JsonElement? Json(YamlScalar scalar) =>
        scalar.IsNull ? JsonSerializer.SerializeToElement<object?>(null)
        : scalar.Flag is { } flag ? JsonSerializer.SerializeToElement(flag)
        : !scalar.IsNumber ? JsonSerializer.SerializeToElement(scalar.Text)
        : scalar.Number is { } number ? JsonSerializer.SerializeToElement(Decimals.Plain(number))
        : null;
}
