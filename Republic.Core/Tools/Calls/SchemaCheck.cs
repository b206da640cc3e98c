using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Republic.Core.Tools.Calls;

/// <summary>
/// Checks arguments against the JSON Schema of a tool, as far as it says what people get wrong: names, kinds, choices, lengths and limits. What else
/// it says is for the tool to check. A schema comes from outside, so nothing in it may take long: it is followed to a certain depth and for so many
/// steps, and patterns are matched without backtracking. What lies beyond counts as right.
/// </summary>
public sealed class SchemaCheck
{
    private const int MaxDepth = 64;
    private const int MaxSteps = 20_000;
    private const int MaxPattern = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(1);

    private readonly JsonElement root;
    private readonly long began = Stopwatch.GetTimestamp();
    private int steps;

    private SchemaCheck(JsonElement schema) => root = schema;

    /// <returns>The first thing that is wrong, with its path, for people; null where nothing is.</returns>
    public static string? Problem(JsonElement schema, JsonElement arguments) => new SchemaCheck(schema).Check(schema, arguments, "", 0);

    private string? Check(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            return $"{Named(path)} is nothing that the tool takes.";
        }

        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || ++steps > MaxSteps || Stopwatch.GetElapsedTime(began) > Total)
        {
            return null;
        }

        return (Target(schema) is { } target ? Check(target, value, path, depth + 1) : null)
            ?? Kind(schema, value, path)
            ?? Choice(schema, value, path)
            ?? value.ValueKind switch
            {
                JsonValueKind.Object => Members(schema, value, path, depth),
                JsonValueKind.Array => Items(schema, value, path, depth),
                JsonValueKind.String => Text(schema, value.GetString()!, path),
                JsonValueKind.Number => Number(schema, value.GetDouble(), path),
                _ => null,
            }
            ?? Each(schema, "allOf").Select(part => Check(part, value, path, depth + 1)).FirstOrDefault(problem => problem is not null)
            ?? OneOf(Each(schema, "anyOf"), value, path, depth)
            ?? OneOf(Each(schema, "oneOf"), value, path, depth);
    }

    /// <summary>The part of the schema to which a reference leads; null where there is none, or it leads elsewhere.</summary>
    private JsonElement? Target(JsonElement schema)
    {
        if (Find(schema, "$ref", JsonValueKind.String)?.GetString() is not ['#', .. var pointer])
        {
            return null;
        }

        var at = root;
        foreach (var part in Uri.UnescapeDataString(pointer).Split('/').Skip(1))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    private string? Members(JsonElement schema, JsonElement value, string path, int depth)
    {
        var prefix = path.Length == 0 ? "" : $"{path}.";
        var missing = Texts(schema, "required").FirstOrDefault(name => !value.TryGetProperty(name, out _));
        if (missing is not null)
        {
            return $"{Named(prefix + missing)} is missing.";
        }

        var properties = Find(schema, "properties", JsonValueKind.Object);
        // Names that only a pattern knows are for the tool to check.
        var hasPatterns = schema.TryGetProperty("patternProperties", out _);
        JsonElement? others = !hasPatterns && schema.TryGetProperty("additionalProperties", out var rest) ? rest : null;
        foreach (var member in value.EnumerateObject())
        {
            JsonElement? known = properties?.TryGetProperty(member.Name, out var expected) == true ? expected : null;
            if ((known ?? others) is { } rule && Check(rule, member.Value, prefix + member.Name, depth + 1) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Items(JsonElement schema, JsonElement value, string path, int depth)
    {
        var count = value.GetArrayLength();
        if (count < Limit(schema, "minItems") || count > Limit(schema, "maxItems"))
        {
            return $"{Named(path)} must have {Range(schema, "minItems", "maxItems")} entries, and has {count}.";
        }

        // Where the first entries have rules of their own, the tool checks them.
        if (Find(schema, "items", JsonValueKind.Object) is not { } rule || schema.TryGetProperty("prefixItems", out _))
        {
            return null;
        }

        return value
            .EnumerateArray()
            .Select((item, i) => Check(rule, item, $"{path}[{i}]", depth + 1))
            .FirstOrDefault(problem => problem is not null);
    }

    private string? OneOf(IReadOnlyList<JsonElement> options, JsonElement value, string path, int depth)
    {
        List<string> problems = [];
        foreach (var option in options)
        {
            if (Check(option, value, path, depth + 1) is not { } problem)
            {
                return null;
            }

            problems.Add(problem);
        }

        return problems switch
        {
            [] => null,
            [var only] => only,
            [var first, ..] => $"{Named(path)} has none of the forms that the tool takes. Of the first one: {first}",
        };
    }

    private static string? Kind(JsonElement schema, JsonElement value, string path)
    {
        IReadOnlyList<string> kinds = Find(schema, "type", JsonValueKind.String)?.GetString() is { } one ? [one] : Texts(schema, "type");
        return kinds.Count == 0 || kinds.Any(kind => Fits(kind, value))
            ? null
            : $"{Named(path)} must be {string.Join(" or ", kinds.Select(Word))}.";
    }

    private static bool Fits(string kind, JsonElement value) =>
        kind switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };

    private static string Word(string kind) =>
        kind switch
        {
            "object" => "an object",
            "array" => "a list",
            "string" => "a text in quotes",
            "integer" => "a whole number",
            "number" => "a number",
            "boolean" => "true or false",
            _ => kind,
        };

    private static string? Choice(JsonElement schema, JsonElement value, string path)
    {
        IReadOnlyList<JsonElement> choices = schema.TryGetProperty("const", out var only) ? [only] : Each(schema, "enum");
        return choices.Count == 0 || choices.Any(choice => JsonElement.DeepEquals(choice, value))
            ? null
            : $"{Named(path)} must be one of: {string.Join(", ", choices.Select(choice => choice.GetRawText())).AtMost(300)}.";
    }

    private static string? Text(JsonElement schema, string text, string path)
    {
        var length = text.EnumerateRunes().Count();
        if (length < Limit(schema, "minLength") || length > Limit(schema, "maxLength"))
        {
            return $"{Named(path)} must have {Range(schema, "minLength", "maxLength")} characters, and has {length}.";
        }

        return Find(schema, "pattern", JsonValueKind.String)?.GetString() is { Length: <= MaxPattern } pattern && !Matches(text, pattern)
            ? $"{Named(path)} does not match the pattern {pattern}."
            : null;
    }

    /// <summary>True also where the pattern is none that can be matched safely.</summary>
    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(
                text,
                pattern,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
                Patience
            );
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string? Number(JsonElement schema, double number, string path) =>
        number < Limit(schema, "minimum") || number > Limit(schema, "maximum")
            ? $"{Named(path)} must be {Range(schema, "minimum", "maximum")}."
        : number <= Limit(schema, "exclusiveMinimum") ? $"{Named(path)} must be more than {Raw(schema, "exclusiveMinimum")}."
        : number >= Limit(schema, "exclusiveMaximum") ? $"{Named(path)} must be less than {Raw(schema, "exclusiveMaximum")}."
        : null;

    private static string Named(string path) => path.Length == 0 ? "The whole" : $"“{path.AtMost(100)}”";

    private static string Range(JsonElement schema, string least, string most) =>
        (Raw(schema, least), Raw(schema, most)) switch
        {
            ({ } from, { } to) => $"{from} to {to}",
            ({ } from, null) => $"at least {from}",
            (_, var to) => $"at most {to}",
        };

    private static double? Limit(JsonElement schema, string keyword) => Find(schema, keyword, JsonValueKind.Number)?.GetDouble();

    private static string? Raw(JsonElement schema, string keyword) => Find(schema, keyword, JsonValueKind.Number)?.GetRawText();

    private static IReadOnlyList<JsonElement> Each(JsonElement schema, string keyword) =>
        Find(schema, keyword, JsonValueKind.Array) is { } list ? [.. list.EnumerateArray()] : [];

    private static IReadOnlyList<string> Texts(JsonElement schema, string keyword) =>
        [.. Each(schema, keyword).Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!)];

    private static JsonElement? Find(JsonElement schema, string keyword, JsonValueKind kind) =>
        schema.TryGetProperty(keyword, out var found) && found.ValueKind == kind ? found : null;
}
