using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>Objects of a schema: their known members in the order in which it names them, or any where it names none.</summary>
internal static class SchemaObjects
{
    /// <summary>What says of members that are not named. An object with properties and without these has the named ones alone.</summary>
    private static readonly string[] Open = ["additionalProperties", "patternProperties", "propertyNames"];

    public static Expression Of(JsonObject schema, SchemaGrammar grammar)
    {
        var others = schema["additionalProperties"];
        var members = schema["properties"]?.AsObject() ?? [];
        var required = SchemaMerge.Required(schema);
        var (least, most) = (SchemaTypes.Count(schema, "minProperties") ?? 0, SchemaTypes.Count(schema, "maxProperties"));
        if (members.Count == 0 && required.Count == 0)
        {
            return Any(schema, grammar, least, most);
        }

        if (schema.ContainsKey("patternProperties") || schema.ContainsKey("propertyNames"))
        {
            throw new GrammarException(
                "The schema has “patternProperties” or “propertyNames” beside known members, and both at once cannot be promised. Leave one out."
            );
        }

        List<Member> all = [.. members.Select(member => new Member(member.Key, member.Value, required.Contains(member.Key)))];
        foreach (var name in required.Where(name => !members.ContainsKey(name)).Distinct(StringComparer.Ordinal))
        {
            // What is required and not known is one of the others.
            all.Add(new Member(name, others ?? JsonValue.Create(true), IsRequired: true));
        }

        // Of members that may be left out some have to be there, or must not be.
        for (var i = 0; all.Count(member => member.IsRequired) < least && i < all.Count; i++)
        {
            all[i] = all[i] with { IsRequired = true };
        }

        while (all.Count > most && all.FindLastIndex(member => !member.IsRequired) is >= 0 and var last)
        {
            all.RemoveAt(last);
        }

        return all.Count > most || all.Count < least
            ? Expression.Nothing
            : Expression.Of(Expression.Literal("{"), JsonExpressions.Space, Members(all, grammar), Expression.Literal("}"));
    }

    private static Expression Any(JsonObject schema, SchemaGrammar grammar, int least, int? most)
    {
        var isClosed = schema.ContainsKey("properties") && !Open.Any(schema.ContainsKey) && least == 0;
        var value =
            schema["additionalProperties"] is { } others ? grammar.Value(others)
            : isClosed ? Expression.Nothing
            : JsonExpressions.Value;
        Expression? name = null;
        if (schema["patternProperties"]?.AsObject() is { Count: > 0 } patterns)
        {
            if (patterns.Count > 1 || schema.ContainsKey("propertyNames"))
            {
                throw new GrammarException(
                    "The schema has “patternProperties” with more than one pattern for names. Leave all but one out."
                );
            }

            (name, value) = (JsonExpressions.TextOf(grammar.Pattern(patterns.First().Key).Texts), grammar.Value(patterns.First().Value));
        }
        else if (schema["propertyNames"] is { } names)
        {
            name = grammar.Value(SchemaMerge.Of(names, new JsonObject { ["type"] = "string" }, grammar));
        }

        // The same name twice is one member.
        return least switch
        {
            0 => JsonExpressions.ObjectOf(value, name, most),
            1 when most is not 0 => JsonExpressions.ObjectOf(value, name, most, isEmpty: false),
            _ => throw new GrammarException(
                "The schema has “minProperties” of an object whose members it does not name. Name them, or leave it out."
            ),
        };
    }

    private static Expression Members(List<Member> all, SchemaGrammar grammar)
    {
        var comma = Expression.Of(JsonExpressions.Space, Expression.Literal(","), JsonExpressions.Space);
        // What follows the first i members, where none of them and where one of them is there.
        Expression first = Expression.Empty;
        Expression later = JsonExpressions.Space;
        for (var i = all.Count - 1; i >= 0; i--)
        {
            var member = Expression.Of(
                Expression.Literal("\""),
                JsonExpressions.LiteralText(all[i].Name),
                Expression.Literal("\""),
                JsonExpressions.Colon,
                grammar.Value(all[i].Schema)
            );
            var after = Shared(later, all[i].Name);
            var without = Shared(first, all[i].Name);
            var (asFirst, asLater) = (Expression.Of(member, after), Expression.Of(comma, member, after));
            first = all[i].IsRequired ? asFirst : Expression.OneOf(asFirst, without);
            later = all[i].IsRequired ? asLater : Expression.OneOf(asLater, after);
        }

        return first;
    }

    /// <summary>As a rule, since it is gone through in several ways.</summary>
    private static Expression.Reference Shared(Expression body, string name) => new(new Rule(name) { Body = body });

    /// <param name="Schema">Null where it is no schema, which is said when it is read.</param>
    private sealed record Member(string Name, JsonNode? Schema, bool IsRequired);
}
