using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Control;

/// <summary>A message from outside, or a fact, and the roles that get to know it.</summary>
/// <param name="Fact">The name of a fact, known or new; null for a message.</param>
/// <param name="Value">A text, a number, true, false, null or a list of these.</param>
public sealed record InjectInput(string? Text, string? Fact, JsonElement? Value, Audience? Audience)
{
    internal IReadOnlyList<FieldError> Problems(IReadOnlyList<string> roles)
    {
        var rules = new FieldRules([]);
        if (Fact is null)
        {
            rules.Required("text", "The text", Text);
        }
        else if (!ScenarioRules.IsName(Fact))
        {
            rules.Add("fact", "A fact is called by a small letter and at most 39 more small letters, digits and underscores.");
        }
        else if (
            Value is not { ValueKind: not (JsonValueKind.Object or JsonValueKind.Undefined) } value
            || value.GetRawText() is var json
                && (json.Length > EpisodeRules.LongestText || json.Contains("\\u0000", StringComparison.Ordinal))
        )
        {
            rules.Add(
                "value",
                $"The value is a text, a number, true, false, null or a list of these, with at most {EpisodeRules.LongestText:N0} characters."
            );
        }

        rules.Text("text", "The text", Text, EpisodeRules.LongestText, isLine: false);
        if (Audience is null or { Kind: AudienceKind.Present } or { Kind: AudienceKind.Listed, Roles.Count: 0 })
        {
            rules.Add("audience", "The audience is \"all\", or a list of roles.");
        }
        else if (Audience.Roles.FirstOrDefault(role => !roles.Contains(role)) is { } stranger)
        {
            rules.Add("audience", $"There is no role “{stranger.AtMost(60)}”. The roles are {string.Join(", ", roles)}.");
        }

        return rules.Errors;
    }

    internal EpisodeEvent.Injected ToEvent(Guid me, IReadOnlyList<string> roles) =>
        new(
            me,
            Fact is null ? Text!.Trim() : Text?.Trim(),
            Fact,
            Fact is null ? null : Value,
            [.. roles.Where(role => Audience!.Kind == AudienceKind.All || Audience.Roles.Contains(role))]
        );
}
