using Republic.Core.Citizens;
using Republic.Core.Episodes.Casting;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>The fields of a form by which roles are cast.</summary>
public sealed record CastFields(ScenarioDefinition Definition, IReadOnlyList<CastChoice> Choices, IReadOnlyList<CastForm> Lines)
{
    public RoleDefinition? Role(CastForm line) => Definition.Roles.FirstOrDefault(role => role.Name == line.Role);

    /// <summary>A citizen as a select offers them: with what a person needs to know before they agree.</summary>
    public static string Text(CastChoice choice, Guid me)
    {
        var name = PlainName.Of(choice.DisplayName);
        if (choice.Kind == CitizenKind.Person)
        {
            return choice.Id == me ? $"{name} (you)" : name;
        }

        var reads = choice.Collections > 0 ? $", reads {Figures.Count(choice.Collections, "collection")}" : "";
        return $"{name}: {choice.Model} {(choice.SentTo is { } provider ? $"at {provider}" : "on this machine")}{reads}";
    }

    /// <summary>What a role asks of whoever plays it.</summary>
    public static string? Hint(RoleDefinition? role) =>
        role is null ? null
        : role is { IsPinned: true, Model: { Length: > 0 } model }
            ? Joined(role.Description, $"Here {model} answers for a minion, whatever its own model is.")
        : role.Description;

    private static string Joined(string? first, string second) => string.IsNullOrWhiteSpace(first) ? second : $"{first} {second}";
}
