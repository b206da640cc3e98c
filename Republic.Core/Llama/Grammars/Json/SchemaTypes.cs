using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>The values of a schema by their types.</summary>
internal static class SchemaTypes
{
    private const int MostMultiples = 1_000;
    private const int MostCount = 1_000_000;
    private static readonly string[] OfObjects =
    [
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
    ];
    private static readonly string[] OfArrays = ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];
    private static readonly string[] OfTexts = ["pattern", "minLength", "maxLength", "format"];
    private static readonly string[] OfNumbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    public static Expression Of(JsonObject schema, SchemaGrammar grammar)
    {
        // A schema that names no type means that of which it says something: what is of another type would satisfy it unseen.
        var types =
            SchemaMerge.Types(schema["type"])
            ?? (
                OfObjects.Any(schema.ContainsKey) ? ["object"]
                : OfArrays.Any(schema.ContainsKey) ? ["array"]
                : OfTexts.Any(schema.ContainsKey) ? ["string"]
                : OfNumbers.Any(schema.ContainsKey) ? ["number"]
                : null
            );
        return types is null ? JsonExpressions.Value : Expression.OneOf(types.ConvertAll(type => Of(type, schema, grammar)));
    }

    private static Expression Of(string type, JsonObject schema, SchemaGrammar grammar) =>
        type switch
        {
            "object" => SchemaObjects.Of(schema, grammar),
            "array" => Array(schema, grammar),
            "string" => Text(schema, grammar),
            "integer" => Number(schema, grammar, isWhole: true),
            "number" => Number(schema, grammar, isWhole: false),
            "boolean" => JsonExpressions.Boolean,
            "null" => JsonExpressions.Null,
            _ => throw new GrammarException(
                $"The schema has the type “{type}”; it has to be object, array, string, number, integer, boolean or null."
            ),
        };

    /// <returns>Null where the schema does not say.</returns>
    public static int? Count(JsonObject schema, string name)
    {
        if (schema[name] is not { } given)
        {
            return null;
        }

        return BigDecimal.Parse(given.ToJsonString()) is { IsWhole: true, Unscaled.Sign: >= 0 } number
            ? (int)BigInteger.Min(number.Truncated, MostCount)
            : throw new GrammarException($"The schema has “{name}” that is no whole number from 0.");
    }

    private static Expression Array(JsonObject schema, SchemaGrammar grammar)
    {
        if (schema["uniqueItems"]?.GetValueKind() == JsonValueKind.True)
        {
            throw new GrammarException(
                "The schema has “uniqueItems”, which cannot be promised. Leave it out, and check the answer for it."
            );
        }

        var (least, most) = (Count(schema, "minItems") ?? 0, Count(schema, "maxItems"));
        if (most < least)
        {
            return Expression.Nothing;
        }

        var (first, items) = schema["items"] is JsonArray old
            ? (old, schema["additionalItems"])
            : (schema["prefixItems"]?.AsArray(), schema["items"]);
        if (first is null || first.Count == 0 || most == 0)
        {
            var isClosed = items?.GetValueKind() == JsonValueKind.False;
            return isClosed && least > 0
                ? Expression.Nothing
                : JsonExpressions.ArrayOf(items is null ? JsonExpressions.Value : grammar.Value(items), least, isClosed ? 0 : most);
        }

        return Tuple(
            [.. first.Take(most ?? first.Count).Select(grammar.Value)],
            items is null ? Expression.Nothing : grammar.Value(items),
            least,
            most
        );
    }

    /// <summary>All of the first values, and others behind them.</summary>
    private static Expression Tuple(IReadOnlyList<Expression> first, Expression other, int least, int? most)
    {
        var comma = Expression.Of(JsonExpressions.Space, Expression.Literal(","), JsonExpressions.Space);
        var more = new Expression.Repeat(
            Expression.Of(comma, other),
            Math.Max(0, least - first.Count),
            most is null ? null : most - first.Count
        );
        IEnumerable<Expression> values = first.SelectMany((value, index) => index == 0 ? [value] : (Expression[])[comma, value]);
        return Expression.Of([
            Expression.Literal("["),
            JsonExpressions.Space,
            .. values,
            more,
            JsonExpressions.Space,
            Expression.Literal("]"),
        ]);
    }

    private static Expression Text(JsonObject schema, SchemaGrammar grammar)
    {
        var (least, most) = (Count(schema, "minLength") ?? 0, Count(schema, "maxLength"));
        var format = schema["format"] is { } named ? StringFormats.Of(named.GetValue<string>()) : null;
        var pattern = schema["pattern"]?.GetValue<string>();
        if (pattern is not null && format is not null)
        {
            throw new GrammarException(
                "The schema has “pattern” and “format” of one text, and both at once cannot be promised. Leave one out."
            );
        }

        if ((pattern is null ? format : grammar.Pattern(pattern)) is var (texts, shortest, longest))
        {
            return shortest >= least && (most is null || longest <= most)
                ? JsonExpressions.TextOf(texts)
                : throw new GrammarException(
                    "The schema has a text with a pattern or format that may be shorter than its “minLength” or longer than its “maxLength”. "
                        + "Say the length in the pattern, as {2,8} does."
                );
        }

        return most < least ? Expression.Nothing : JsonExpressions.TextOf(new Expression.Repeat(JsonExpressions.Character, least, most));
    }

    private static Expression Number(JsonObject schema, SchemaGrammar grammar, bool isWhole)
    {
        var least = Tighter(Limit(schema, "minimum", false), Limit(schema, "exclusiveMinimum", true), isLower: true);
        var most = Tighter(Limit(schema, "maximum", false), Limit(schema, "exclusiveMaximum", true), isLower: false);
        if (schema["multipleOf"] is { } given)
        {
            grammar.Spend(MostMultiples);
            return Multiples(Exact(given, "multipleOf"), least, most, isWhole);
        }

        return (least, most, isWhole) switch
        {
            (null, null, true) => JsonExpressions.Integer,
            (null, null, false) => JsonExpressions.Number,
            (_, _, true) => Whole(least, most),
            _ => NumberRange.Decimals(least, most),
        };
    }

    private static Expression Whole(NumberLimit? least, NumberLimit? most) =>
        NumberRange.Integers(
            least is null ? null : least.Value.Ceiling(0) + (least.IsExclusiveAt(0) ? 1 : 0),
            most is null ? null : most.Value.Floor(0) - (most.IsExclusiveAt(0) ? 1 : 0)
        );

    /// <summary>Written out one by one, those nearest to zero where they are many.</summary>
    private static Expression Multiples(BigDecimal step, NumberLimit? least, NumberLimit? most, bool isWhole)
    {
        if (step.Unscaled.Sign <= 0)
        {
            throw new GrammarException("The schema has “multipleOf” that is not more than 0.");
        }

        if (step.Unscaled.IsOne)
        {
            // As many scale as it has are all that is asked.
            return isWhole || step.Scale == 0 ? Whole(least, most) : NumberRange.Decimals(least, most, step.Scale);
        }

        var from = least is null ? -MostMultiples : Quotient(least, step, isLower: true);
        var to = most is null ? BigInteger.Max(from, 0) + MostMultiples : Quotient(most, step, isLower: false);
        from = least is null ? BigInteger.Min(to, 0) - MostMultiples : from;
        var nearest = BigInteger.Max(from, BigInteger.Min(to, 0));
        List<Expression> found = [];
        for (var i = 0; i < MostMultiples; i++)
        {
            foreach (var factor in i == 0 ? (BigInteger[])[nearest] : [nearest + i, nearest - i])
            {
                var multiple = step with { Unscaled = step.Unscaled * factor };
                if (factor >= from && factor <= to && (!isWhole || multiple.IsWhole))
                {
                    found.Add(
                        Expression.Literal(
                            multiple.IsWhole
                                ? multiple.Truncated.ToString(System.Globalization.CultureInfo.InvariantCulture)
                                : multiple.ToString()
                        )
                    );
                }
            }
        }

        return Expression.OneOf(found);
    }

    private static BigInteger Quotient(NumberLimit limit, BigDecimal step, bool isLower)
    {
        var scale = Math.Max(limit.Value.Scale, step.Scale);
        var (value, unit) = (limit.Value.Floor(scale), step.Floor(scale));
        var quotient = BigInteger.DivRem(value, unit, out var rest);
        return rest.IsZero
            ? quotient + (limit.IsExclusive ? (isLower ? 1 : -1) : 0)
            : quotient + (isLower ? (value.Sign > 0 ? 1 : 0) : (value.Sign < 0 ? -1 : 0));
    }

    private static NumberLimit? Limit(JsonObject schema, string name, bool isExclusive)
    {
        var given = schema[name];
        // Draft 4 says by true or false whether the other one is left out.
        if (given?.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            var other = name == "exclusiveMinimum" ? "minimum" : "maximum";
            return given.GetValueKind() == JsonValueKind.True ? Limit(schema, other, true) : null;
        }

        return given is null ? null : new NumberLimit(Exact(given, name), isExclusive);
    }

    private static NumberLimit? Tighter(NumberLimit? inclusive, NumberLimit? exclusive, bool isLower)
    {
        if (inclusive is null || exclusive is null)
        {
            return inclusive ?? exclusive;
        }

        var scale = Math.Max(inclusive.Value.Scale, exclusive.Value.Scale);
        var difference = inclusive.Value.Floor(scale) - exclusive.Value.Floor(scale);
        return (isLower ? difference : -difference) > 0 ? inclusive : exclusive;
    }

    private static BigDecimal Exact(JsonNode given, string name) =>
        given.GetValueKind() == JsonValueKind.Number
            ? BigDecimal.Parse(given.ToJsonString()) ?? throw new GrammarException($"The schema has “{name}” that is too large a number.")
            : throw new GrammarException($"The schema has “{name}” that is no number.");
}
