using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>
/// A JSON schema (2020-12, and what OpenAI's clients write) as the texts that satisfy it. Of what a schema leaves open some is left out, such
/// as further members of an object with known ones; what cannot be promised is refused, so that no answer breaks its schema.
/// </summary>
internal sealed class SchemaGrammar
{
    private const int MostSchemas = 20_000;
    private const int MostDepth = 100;

    /// <summary>Values and members that are copied, compared or written out.</summary>
    private const int MostParts = 1_000_000;

    /// <summary>What a character of a pattern costs, and how many characters of any other text cost one.</summary>
    private const int CharactersPerPart = 16;

    private static readonly string[] Refused =
    [
        "not",
        "if",
        "then",
        "else",
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "unevaluatedProperties",
        "unevaluatedItems",
        "$dynamicRef",
        "$recursiveRef",
    ];

    private readonly JsonNode? root;
    private readonly Dictionary<string, Rule> rules = new(StringComparer.Ordinal);
    private readonly Dictionary<Rule, JsonNode?> unread = [];
    private int count;
    private long spent;
    private int depth;

    private SchemaGrammar(JsonNode? root) => this.root = root;

    /// <param name="isObject">Only objects are wanted, whatever the schema says.</param>
    /// <exception cref="GrammarException">The schema is none, or asks for what cannot be promised.</exception>
    public static Expression Of(JsonNode? schema, bool isObject = false)
    {
        try
        {
            var grammar = new SchemaGrammar(schema);
            var whole = grammar.Value(isObject ? SchemaMerge.Of(schema!, new JsonObject { ["type"] = "object" }, grammar) : schema);
            while (grammar.unread.Keys.FirstOrDefault() is { } rule)
            {
                grammar.unread.Remove(rule, out var referred);
                rule.Body = grammar.Value(referred);
            }

            return whole;
        }
        catch (Exception e)
            when (e is InvalidOperationException or ArgumentException or FormatException or NullReferenceException or OverflowException)
        {
            throw new GrammarException($"The schema is not a JSON schema: {e.Message}");
        }
    }

    /// <summary>Takes so many parts off what a schema may be made of.</summary>
    public void Spend(long parts)
    {
        spent += parts;
        if (spent > MostParts)
        {
            throw new GrammarException("The schema becomes too large once all that it means is written out. Ask for less at once.");
        }
    }

    /// <summary>The texts that match a pattern; <see cref="PatternExpression.Of"/>.</summary>
    public (Expression Texts, long Least, long? Most) Pattern(string pattern)
    {
        Spend((long)pattern.Length * CharactersPerPart);
        return PatternExpression.Of(pattern);
    }

    public Expression Value(JsonNode? schema)
    {
        if (++count > MostSchemas)
        {
            throw new GrammarException($"The schema has more than {MostSchemas:N0} parts. Ask for less at once.");
        }

        if (++depth > MostDepth)
        {
            throw new GrammarException($"The schema is more than {MostDepth} parts deep, or a part of it contains itself through allOf.");
        }

        var value =
            schema is JsonObject branch ? Of(branch)
            : schema?.GetValueKind() == JsonValueKind.True ? JsonExpressions.Value
            : schema?.GetValueKind() == JsonValueKind.False ? Expression.Nothing
            : throw new GrammarException("A schema has to be an object, true or false.");
        depth--;
        return value;
    }

    private Expression Of(JsonObject schema)
    {
        if (Refused.FirstOrDefault(schema.ContainsKey) is { } refused)
        {
            throw new GrammarException($"The schema has “{refused}”, which cannot be promised. Leave it out, and check the answer for it.");
        }

        if (schema["$ref"] is { } reference)
        {
            var pointer = reference.GetValue<string>();
            var beside = SchemaMerge.Without(schema, "$ref");
            return SchemaMerge.SaysNothing(beside) ? new Expression.Reference(RuleOf(pointer)) : Value(Merged(Referred(pointer), beside));
        }

        if (schema["allOf"]?.AsArray() is { } all)
        {
            return Value(all.Select(Resolved).Aggregate((JsonNode)SchemaMerge.Without(schema, "allOf"), Merged));
        }

        foreach (var word in (string[])["anyOf", "oneOf"])
        {
            if (schema[word]?.AsArray() is { } options)
            {
                return OneOf(word, options, SchemaMerge.Without(schema, word));
            }
        }

        return schema.ContainsKey("const") || schema.ContainsKey("enum") ? SchemaValues.Of(schema, this) : SchemaTypes.Of(schema, this);
    }

    private Expression OneOf(string word, JsonArray options, JsonObject beside)
    {
        List<JsonNode> all = [.. options.Select(option => SchemaMerge.SaysNothing(beside) ? option! : Merged(beside, Resolved(option)))];
        if (word == "oneOf" && !SchemaMerge.AreApart([.. all.Select(Resolved)], this))
        {
            throw new GrammarException(
                "The schema has “oneOf” with alternatives that the same value may satisfy, so that exactly one cannot be promised. Use anyOf."
            );
        }

        return all.Count == 0
            ? throw new GrammarException($"The schema has “{word}” without alternatives.")
            : Expression.OneOf(all.ConvertAll(Value));
    }

    private JsonNode Merged(JsonNode one, JsonNode other)
    {
        Spend(Size(one) + Size(other));
        return SchemaMerge.Of(one, other, this);
    }

    private static int Size(JsonNode? node) =>
        node switch
        {
            JsonObject members => 1 + members.Sum(member => (member.Key.Length / CharactersPerPart) + Size(member.Value)),
            JsonArray items => 1 + items.Sum(Size),
            JsonValue value when value.TryGetValue<string>(out var text) => 1 + (text.Length / CharactersPerPart),
            _ => 1,
        };

    private Rule RuleOf(string pointer)
    {
        if (!rules.TryGetValue(pointer, out var rule))
        {
            rule = rules[pointer] = new Rule(pointer);
            unread[rule] = Referred(pointer);
        }

        return rule;
    }

    /// <summary>The schema itself, where it does nothing but refer to another one that other.</summary>
    private JsonNode Resolved(JsonNode? schema)
    {
        for (var i = 0; schema is JsonObject branch && branch["$ref"] is { } reference; i++)
        {
            var beside = SchemaMerge.Without(branch, "$ref");
            var referred = Referred(reference.GetValue<string>());
            schema = SchemaMerge.SaysNothing(beside) ? referred : Merged(referred, beside);
            if (i > MostDepth)
            {
                throw new GrammarException($"The schema refers in a circle by “{reference}”.");
            }
        }

        return schema ?? throw new GrammarException("A schema has to be an object, true or false.");
    }

    private JsonNode Referred(string pointer)
    {
        if (!pointer.StartsWith('#') || (pointer.Length > 1 && pointer[1] != '/'))
        {
            throw new GrammarException(
                $"The schema refers to “{pointer}”. Only what stands in it, such as #/$defs/name, can be referred to."
            );
        }

        var found = root;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            found = found switch
            {
                JsonObject branch => branch[name],
                JsonArray list when int.TryParse(name, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return found ?? throw new GrammarException($"The schema refers to “{pointer}”, which is not in it.");
    }
}
