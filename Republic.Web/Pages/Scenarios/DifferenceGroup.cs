using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Versions;

namespace Republic.Web.Pages.Scenarios;

/// <summary>What differs in one element of a scenario between two of its versions.</summary>
/// <param name="Heading">Such as <c>State “Review the change”</c>.</param>
/// <param name="Change">new, gone or changed.</param>
public sealed record DifferenceGroup(string Heading, string Change, IReadOnlyList<DifferenceLine> Lines)
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["audience"] = "Who hears it",
        ["cost"] = "Cost, in dollars",
        ["director"] = "Directs",
        ["facts"] = "Order of the facts",
        ["kind"] = "Played by",
        ["known_to"] = "Known to",
        ["learner"] = "Who learns",
        ["next"] = "Transitions",
        ["pin"] = "Keeps to its model",
        ["roles"] = "Roles",
        ["states"] = "Order of the states",
        ["timeout_hours"] = "Waits for, in hours",
        ["turn"] = "Whose turn",
        ["type"] = "Kind",
    };

    public string? Tone =>
        Change switch
        {
            "new" => "good",
            "gone" => "bad",
            _ => null,
        };

    public static IReadOnlyList<DifferenceGroup> Of(IReadOnlyList<DefinitionDifference> differences) =>
        [.. differences.GroupBy(ElementOf).Select(element => Of(element.Key, [.. element]))];

    private static DifferenceGroup Of((string Kind, string Name) element, IReadOnlyList<DefinitionDifference> differences)
    {
        var path = $"{element.Kind}.{element.Name}";
        var whole = differences.FirstOrDefault(difference => difference.Path == path);
        return new DifferenceGroup(
            HeadingOf(element),
            whole is null ? "changed"
                : whole.Before is null ? "new"
                : "gone",
            [.. differences.Select(one => new DifferenceLine(one == whole ? null : FieldOf(one.Path), one.Before, one.After))]
        );
    }

    // states.review.prompts is the prompts of the state review, limits.turns and name are settings of the scenario itself.
    private static (string Kind, string Name) ElementOf(DefinitionDifference difference) =>
        difference.Path.Split('.') switch
        {
            ["states" or "roles" or "facts", var name, ..] parts => (parts[0], name),
            ["limits", ..] => ("limits", ""),
            _ => ("", ""),
        };

    private static string HeadingOf((string Kind, string Name) element) =>
        element.Kind switch
        {
            "states" => $"State “{ElementName.Of(element.Name)}”",
            "roles" => $"Role “{ElementName.Of(element.Name)}”",
            "facts" => $"Fact “{ElementName.Of(element.Name)}”",
            "limits" => "Limits",
            _ => "The scenario itself",
        };

    private static string FieldOf(string path)
    {
        var parts = path.Split('.');
        // Of the whole it is the order of the roles; of a state they are those that act.
        return path == "roles" ? "Order of the roles"
            : Fields.TryGetValue(parts[^1], out var words) ? words
            : ElementName.Of(parts[^1]);
    }
}
