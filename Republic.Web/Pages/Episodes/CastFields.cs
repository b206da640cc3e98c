using Republic.Core.Citizens;
using Republic.Core.Episodes.Casting;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Scenarios;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>The fields of a form by which roles are cast.</summary>
public sealed record CastFields(ScenarioDefinition Definition, CastOffer Offer, IReadOnlyList<CastForm> Lines)
{
    public IReadOnlyList<CastChoice> Choices => Offer.Choices;

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
        // Here too, since whoever chooses another one sees no other sentence until the form is sent.
        var ends = choice.Deprecation is { } end ? $", model {end.Text}" : "";
        return $"{name}: {choice.Model} {(choice.SentTo is { } provider ? $"at {provider}" : "on this machine")}{reads}{ends}";
    }

    /// <summary>Which models end: the one that a role names, and that of the minion that is chosen for it.</summary>
    public IReadOnlyList<DeprecationView> Deprecations(RoleDefinition? role, Guid? citizen)
    {
        List<DeprecationView> found = [];
        if (role is { Model: { } named } && Offer.Deprecations.TryGetValue(role.Name, out var end))
        {
            found.Add(new DeprecationView(ElementName.Of(role.Name), IsRole: true, named, end));
        }

        // Where a model is pinned, the minion's own is not asked.
        if (!IsPinned(role) && Offer.Find(citizen) is { Model: { } own, Deprecation: { } ownEnd } minion)
        {
            found.Add(new DeprecationView(minion.DisplayName, IsRole: false, own, ownEnd));
        }

        return found;
    }

    /// <summary>What a role asks of whoever plays it.</summary>
    public static string? Hint(RoleDefinition? role) =>
        role is null ? null
        : IsPinned(role) ? Joined(role.Description, $"Here {role.Model} answers for a minion, whatever its own model is.")
        : role.Description;

    private static bool IsPinned(RoleDefinition? role) => role is { IsPinned: true, Model.Length: > 0 };

    private static string Joined(string? first, string second) => string.IsNullOrWhiteSpace(first) ? second : $"{first} {second}";
}
