using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Editing;

/// <summary>What the facts of a draft may be.</summary>
internal static class FactRules
{
    private const int LongestNumber = 64;

    public static IEnumerable<FieldError> Problems(IReadOnlyList<FactDefinition> facts)
    {
        if (facts.Count > ScenarioRules.MostFacts)
        {
            yield return new FieldError("facts", $"A scenario has at most {ScenarioRules.MostFacts} facts. Take some out.");
        }

        for (var i = 0; i < facts.Count; i++)
        {
            if (Problem(facts, i) is { } problem)
            {
                yield return new FieldError($"facts[{i}].{problem.Field}", problem.Message);
            }
        }
    }

    private static FieldError? Problem(IReadOnlyList<FactDefinition> facts, int index)
    {
        if (facts[index] is not { } fact || !ScenarioRules.IsName(fact.Name))
        {
            return new FieldError(
                "name",
                ScenarioRules.Loss(facts[index]?.Name) ?? "A fact's name is small letters, digits and underscores, such as line_12."
            );
        }

        if (facts.Take(index).Any(other => other?.Name == fact.Name))
        {
            return new FieldError("name", $"There is another fact called {fact.Name}. Choose another name.");
        }

        return ValueProblem(fact.Value) is { } message ? new FieldError("value", message)
            : fact.KnownTo?.Kind == AudienceKind.Present ? new FieldError("known_to", "known_to is all, or a list of roles.")
            : fact.KnownTo?.Roles.Any(role => !ScenarioRules.IsName(role)) == true
                ? new FieldError("known_to", "known_to is all, or a list of the names of roles.")
            : fact.KnownTo?.Roles.Distinct().Count() < fact.KnownTo?.Roles.Count ? new FieldError("known_to", "Each role is named once.")
            : null;
    }

    public static string? ValueProblem(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Object => "A fact is a text, a number, true, false, null, or a list of these.",
            JsonValueKind.Array when value.GetArrayLength() > ScenarioRules.MostFactItems =>
                $"A list has at most {ScenarioRules.MostFactItems} entries. Take some out.",
            JsonValueKind.Array
                when value
                    .EnumerateArray()
                    .Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) =>
                "A list holds texts, numbers, true and false.",
            JsonValueKind.Array => value.EnumerateArray().Select(ScalarProblem).FirstOrDefault(problem => problem is not null),
            _ => ScalarProblem(value),
        };

    private static string? ScalarProblem(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when !IsUnicode(value) => "The text holds half a character, which cannot be kept. Remove it.",
            JsonValueKind.Number when IsUnstorable(value) => "The number is too small, or has too many digits.",
            JsonValueKind.String when value.GetString()!.EnumerateRunes().Count() > ScenarioRules.LongestFact =>
                $"A fact has at most {ScenarioRules.LongestFact:N0} characters. Shorten it.",
            JsonValueKind.String when !FieldRules.IsText(value.GetString()!) =>
                "The text holds a character that cannot be kept. Remove it.",
            JsonValueKind.Number when !value.TryGetDecimal(out _) => "The number is too large, or has too many digits.",
            _ => null,
        };

    // Half of a surrogate pair can be spelt in JSON and is no text.
    private static bool IsUnicode(JsonElement value)
    {
        try
        {
            return value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // Numbers are stored as they are written, and the database has a smallest one, which reads as 0 here.
    private static bool IsUnstorable(JsonElement value) =>
        value.GetRawText() is var digits
        && (
            digits.Length > LongestNumber
            || (value.TryGetDecimal(out var number) && number == 0 && digits.Contains('e', StringComparison.OrdinalIgnoreCase))
        );
}
