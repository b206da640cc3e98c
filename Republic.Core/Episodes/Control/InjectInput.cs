using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Editing;

namespace Republic.Core.Episodes.Control;

/// <summary>A message from outside, or a fact, and the roles that get to know it.</summary>
/// <param name="Fact">The name of a fact, known or new; null for a message.</param>
/// <param name="Value">A text, a number, true, false, or a list of these.</param>
public sealed record InjectInput(string? Text, string? Fact, JsonElement? Value, Audience? Audience)
{
    internal IReadOnlyList<FieldError> Problems(IReadOnlyList<string> roles)
    {
        var rules = new FieldRules([]);
        if (Fact is null)
        {
            rules.Required("text", "The text", VisibleText.OrNull(Text));
        }
        else if (!ScenarioRules.IsName(Fact))
        {
            rules.Add("fact", "A fact is called by a small letter and at most 39 more small letters, digits and underscores.");
        }
        else if (ValueProblem() is { } problem)
        {
            rules.Add("value", problem);
        }

        rules.Text("text", "The text", Text, EpisodeRules.LongestText, isLine: false);
        if (Audience is null or { Kind: AudienceKind.Present } or { Kind: AudienceKind.Listed, Roles.Count: 0 })
        {
            rules.Add("audience", "The audience is \"all\", or a list of roles.");
        }
        else if (Audience.Roles.Where(role => role is null || !roles.Contains(role)).ToList() is [var stranger, ..])
        {
            rules.Add("audience", $"There is no role “{stranger?.AtMost(60)}”. The roles are {string.Join(", ", roles)}.");
        }

        return rules.Errors;
    }

    /// <summary>Checked as the facts of a scenario are, and short enough for an entry.</summary>
    private string? ValueProblem() =>
        Value is not { } value ? "The value is missing. Send a text, a number, true, false, or a list of these."
        : FactRules.ValueProblem(value) is { } problem ? problem
        : value.GetRawText().Length > EpisodeRules.LongestText
            ? $"A value has at most {EpisodeRules.LongestText:N0} characters. Shorten it."
        : null;

    internal EpisodeEvent.Injected ToEvent(Guid me, IReadOnlyList<string> roles) =>
        new(
            me,
            Fact is null ? Text!.Trim() : VisibleText.OrNull(Text)?.Trim(),
            Fact,
            Fact is null ? null : FactValues.Plain(Value!.Value),
            [.. roles.Where(role => Audience!.Kind == AudienceKind.All || Audience.Roles.Contains(role))]
        );
}
