using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>Two schemas that both hold, as one.</summary>
internal static class SchemaMerge
{
    /// <summary>What says something about values; all else is a note, known or not.</summary>
    private static readonly HashSet<string> Words =
    [
        .. "$ref $dynamicRef $recursiveRef allOf anyOf oneOf not if then else type enum const".Split(' '),
        .. "properties required additionalProperties patternProperties propertyNames minProperties maxProperties".Split(' '),
        .. "dependentRequired dependentSchemas dependencies unevaluatedProperties unevaluatedItems".Split(' '),
        .. "items prefixItems additionalItems contains minItems maxItems uniqueItems".Split(' '),
        .. "pattern format minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".Split(' '),
    ];

    public static JsonObject Without(JsonObject schema, string name) =>
        new(schema.Where(member => member.Key != name).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    /// <summary>Every value satisfies it.</summary>
    public static bool SaysNothing(JsonObject schema) => schema.All(member => !Words.Contains(member.Key));

    /// <param name="grammar">Pays for comparisons.</param>
    /// <exception cref="GrammarException">They say what cannot be said at once.</exception>
    public static JsonNode Of(JsonNode one, JsonNode other, SchemaGrammar grammar)
    {
        if (one is not JsonObject first || other is not JsonObject second)
        {
            return one.GetValueKind() == JsonValueKind.True ? other
                : other.GetValueKind() == JsonValueKind.True ? one
                : JsonValue.Create(false);
        }

        var merged = (JsonObject)first.DeepClone();
        foreach (var (name, value) in second.Where(member => Words.Contains(member.Key)))
        {
            merged[name] =
                !first.ContainsKey(name) || JsonNode.DeepEquals(first[name], value)
                    ? value?.DeepClone()
                    : Both(name, first[name]!, value!, grammar);
        }

        RefuseApart(first, second);
        RefuseApart(second, first);
        Close(merged, first);
        Close(merged, second);
        return merged;
    }

    /// <summary>Whether no value can satisfy two of these: they are of different types, or differ in a member that each requires.</summary>
    /// <param name="grammar">Pays for comparisons.</param>
    public static bool AreApart(IReadOnlyList<JsonNode> schemas, SchemaGrammar grammar)
    {
        for (var i = 0; i < schemas.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (schemas[i] is not JsonObject one || schemas[j] is not JsonObject other || !AreApart(one, other, grammar))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool AreApart(JsonObject one, JsonObject other, SchemaGrammar grammar)
    {
        if (Types(one["type"]) is { } first && Types(other["type"]) is { } second && Shared(first, second).Count == 0)
        {
            return true;
        }

        if (Values(one) is { } some && Values(other) is { } others)
        {
            grammar.Spend((long)some.Count * others.Count);
            return !some.Exists(value => others.Exists(another => JsonNode.DeepEquals(value, another)));
        }

        // Only objects have members: of what may be something else too both may be that.
        return IsObject(one)
            && IsObject(other)
            && one["properties"] is JsonObject members
            && other["properties"] is JsonObject otherMembers
            && Required(one)
                .Intersect(Required(other), StringComparer.Ordinal)
                .Any(name =>
                    members[name] is JsonObject member
                    && otherMembers[name] is JsonObject otherMember
                    && AreApart(member, otherMember, grammar)
                );
    }

    private static bool IsObject(JsonObject schema) => Types(schema["type"]) is null or ["object"];

    private static List<JsonNode?>? Values(JsonObject schema) =>
        schema.ContainsKey("const") ? [schema["const"]]
        : schema["enum"] is JsonArray list ? [.. list]
        : null;

    private static JsonNode Both(string name, JsonNode one, JsonNode other, SchemaGrammar grammar)
    {
        switch (name)
        {
            case "type":
                return new JsonArray([.. Shared(Types(one)!, Types(other)!).Select(type => JsonValue.Create(type))]);
            case "required":
                return new JsonArray([.. Texts(one).Union(Texts(other), StringComparer.Ordinal).Select(text => JsonValue.Create(text))]);
            case "enum":
                var others = other.AsArray();
                grammar.Spend((long)one.AsArray().Count * others.Count);
                return new JsonArray([
                    .. one.AsArray()
                        .Where(value => others.Any(another => JsonNode.DeepEquals(value, another)))
                        .Select(value => value?.DeepClone()),
                ]);
            case "allOf":
                return new JsonArray([.. one.AsArray().Concat(other.AsArray()).Select(part => part?.DeepClone())]);
            case "properties":
                return Members(one.AsObject(), other.AsObject());
            case "additionalProperties" or "items":
                return one.GetValueKind() == JsonValueKind.False || other.GetValueKind() == JsonValueKind.False
                    ? JsonValue.Create(false)
                    : BothHold(one, other);
            case "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties":
                return (one.GetValue<decimal>() > other.GetValue<decimal>() ? one : other).DeepClone();
            case "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties":
                return (one.GetValue<decimal>() < other.GetValue<decimal>() ? one : other).DeepClone();
            default:
                throw new GrammarException($"The schema says “{name}” twice of the same value, in ways that cannot be put together.");
        }
    }

    private static JsonObject Members(JsonObject one, JsonObject other)
    {
        var members = (JsonObject)one.DeepClone();
        foreach (var (name, schema) in other)
        {
            members[name] = one[name] is { } known ? BothHold(known, schema!) : schema?.DeepClone();
        }

        return members;
    }

    private static JsonObject BothHold(JsonNode one, JsonNode other) =>
        new() { ["allOf"] = new JsonArray(one.DeepClone(), other.DeepClone()) };

    /// <summary>Members that one of the two does not name are its others: it forbids them, or has a schema for them.</summary>
    private static void Close(JsonObject merged, JsonObject part)
    {
        if (part["additionalProperties"] is not { } others || merged["properties"] is not JsonObject members)
        {
            return;
        }

        var known = part["properties"] as JsonObject;
        foreach (var name in members.Select(member => member.Key).Where(name => known?.ContainsKey(name) != true).ToList())
        {
            if (others.GetValueKind() == JsonValueKind.False)
            {
                members.Remove(name);
            }
            else if (others is JsonObject && members[name] is { } schema)
            {
                members[name] = BothHold(schema, others);
            }
        }
    }

    /// <summary>What one says of all members or items the other may say of some of them alone.</summary>
    private static void RefuseApart(JsonObject one, JsonObject other)
    {
        if (
            one.ContainsKey("patternProperties")
            && other["additionalProperties"] is { } others
            && others.GetValueKind() != JsonValueKind.True
        )
        {
            throw new GrammarException(
                "The schema has “patternProperties” beside “additionalProperties” of another part. Put both into one part."
            );
        }

        if (
            one["prefixItems"] is JsonArray { Count: > 0 }
            && !other.ContainsKey("prefixItems")
            && other["items"] is { } items
            && items.GetValueKind() != JsonValueKind.True
        )
        {
            throw new GrammarException("The schema has “prefixItems” beside “items” of another part. Put both into one part.");
        }
    }

    /// <returns>Null: any.</returns>
    public static List<string>? Types(JsonNode? type) =>
        type is null ? null
        : type is JsonArray ? [.. Texts(type).Distinct(StringComparer.Ordinal)]
        : [type.GetValue<string>()];

    public static List<string> Required(JsonObject schema) => schema["required"] is { } required ? Texts(required) : [];

    private static List<string> Texts(JsonNode list) => [.. list.AsArray().Select(text => text!.GetValue<string>())];

    private static List<string> Shared(List<string> some, List<string> others) =>
        [
            .. some.Where(type => others.Contains(type) || (type == "integer" && others.Contains("number"))),
            .. others.Where(type => type == "integer" && some.Contains("number") && !some.Contains("integer")),
        ];
}
