using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>The values that a schema lists by <c>enum</c> or <c>const</c>.</summary>
internal static class SchemaValues
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Expression Of(JsonObject schema, SchemaGrammar grammar)
    {
        var rest = SchemaMerge.Without(SchemaMerge.Without(SchemaMerge.Without(schema, "enum"), "const"), "type");
        if (!SchemaMerge.SaysNothing(rest))
        {
            throw new GrammarException(
                $"The schema lists its values and says “{rest.First(member => !SchemaMerge.SaysNothing(new JsonObject { [member.Key] = null })).Key}” "
                    + "of them too. List those alone that satisfy it."
            );
        }

        var types = SchemaMerge.Types(schema["type"]);
        List<JsonNode?> values = schema["enum"] is { } list ? [.. list.AsArray()] : [schema["const"]];
        grammar.Spend(values.Count);
        if (schema.ContainsKey("const") && !values.Exists(value => JsonNode.DeepEquals(value, schema["const"])))
        {
            return Expression.Nothing;
        }

        return Expression.OneOf([
            .. (schema.ContainsKey("const") ? [schema["const"]] : values)
                .Where(value => types is null || types.Exists(type => Is(type, value)))
                .Select(value => Expression.Literal(value?.ToJsonString(Compact) ?? "null")),
        ]);
    }

    private static bool Is(string type, JsonNode? value) =>
        (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
            ("integer", JsonValueKind.Number) => BigDecimal.Parse(value!.ToJsonString())?.IsWhole == true,
            _ => false,
        };
}
