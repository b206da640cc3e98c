using System.Globalization;
using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Versions;

/// <summary>A role, fact or state of a definition as text, to be compared and shown.</summary>
/// <param name="Summary">One line for the whole element, such as <c>approval · reviewer</c>.</param>
/// <param name="Fields">In the order of the text, called as there; those that are not set are null.</param>
internal sealed record DefinitionElement(string Name, string Summary, IReadOnlyList<(string Field, string? Value)> Fields)
{
    private const int LongestValue = 120;

    public static DefinitionElement Of(RoleDefinition role) =>
        new(
            role.Name,
            Line(Word(role.Kind), role.Model, role.IsPinned ? "pinned" : null, role.IsDirector ? "director" : null),
            [
                ("description", role.Description),
                ("model", role.Model),
                ("pin", YesOrNo(role.IsPinned)),
                ("kind", Word(role.Kind)),
                ("director", YesOrNo(role.IsDirector)),
            ]
        );

    public static DefinitionElement Of(FactDefinition fact)
    {
        var value = Text(fact.Value);
        var knownTo = Text(fact.KnownTo) ?? "nobody";
        return new(fact.Name, Line(value, $"known to {knownTo}"), [("value", value), ("known_to", knownTo)]);
    }

    public static DefinitionElement Of(StateDefinition state) =>
        new(
            state.Name,
            Line(Word(state.Type), Names(state.Roles), Word(state.Result)),
            [
                ("type", Word(state.Type)),
                ("description", state.Description),
                ("roles", Names(state.Roles)),
                ("prompts", Numbered(state.Prompts)),
                ("turn", Word(state.Turn)),
                ("rounds", state.Rounds?.ToString(CultureInfo.InvariantCulture)),
                ("audience", Text(state.Audience)),
                ("capability", state.Capability),
                ("timeout_hours", state.TimeoutHours?.ToString(CultureInfo.InvariantCulture)),
                ("result", Word(state.Result)),
                ("next", state.Next.Count == 0 ? null : string.Join('\n', state.Next.Select(Text))),
            ]
        );

    /// <summary>Without the zeros at its end, which a column of the database adds.</summary>
    public static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Text(TransitionDefinition transition)
    {
        var kind = transition.Kind == TransitionKind.Always ? "" : Word(transition.Kind);
        var when = transition.Condition is { } condition ? $"{kind}: {condition}" : kind;
        var most = transition.MaxVisits is { } visits ? $" (at most {(visits == 1 ? "once" : $"{visits} times")})" : "";
        var note = transition.Note is { } said ? $" · {said}" : "";
        return $"{when} → {transition.To}{most}{note}".TrimStart();
    }

    // The same whether it comes from the text or from the database, which writes lists with blanks.
    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Undefined => "",
            JsonValueKind.Number when value.TryGetDecimal(out var number) => Number(number),
            JsonValueKind.String when value.GetString() is { } text => IsPlain(text) ? text : $"\"{text}\"",
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Item))}]",
            _ => value.GetRawText(),
        };

    private static string Item(JsonElement value) => value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : Text(value);

    // What would look like a number, a list or a word of JSON stands in quotation marks.
    private static bool IsPlain(string text) => text.Length > 0 && char.IsLetter(text[0]) && text is not ("true" or "false" or "null");

    // That nothing is said of the audience means the same as present.
    private static string? Text(Audience? audience) =>
        audience is null
            ? null
            : audience.Kind switch
            {
                AudienceKind.All => "all",
                AudienceKind.Listed => Names(audience.Roles) ?? "nobody",
                _ => null,
            };

    private static string? Names(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(", ", names);

    private static string? Numbered(IReadOnlyList<string> texts) =>
        texts.Count switch
        {
            0 => null,
            1 => texts[0],
            _ => string.Join('\n', texts.Select((text, i) => $"{i + 1}. {text}")),
        };

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known ? Word(known) : null;

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static string Line(params string?[] parts) =>
        string.Join(
            " · ",
            parts.Where(part => !string.IsNullOrEmpty(part)).Select(part => part!.ReplaceLineEndings(" ").AtMost(LongestValue))
        );
}
