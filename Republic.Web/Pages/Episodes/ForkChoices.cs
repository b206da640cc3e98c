using System.Globalization;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;

namespace Republic.Web.Pages.Episodes;

/// <summary>
/// What can be chosen otherwise at each step of an episode, in groups: of the steps of a role in a state, the steps in a state, or those of a role.
/// The page shows those of the step that is chosen.
/// </summary>
public sealed class ForkChoices(EpisodePage page, IReadOnlyList<StepCard> steps, Guid me)
{
    /// <summary>Choices of a select.</summary>
    /// <param name="Key">What the steps for which it is meant have in common.</param>
    public sealed record Group(string Key, string Name, IReadOnlyList<(string Value, string Text)> Options);

    public static string OutcomeKey(StepCard step) => $"{step.State} {step.Role}";

    /// <summary>Empty where no step has an outcome.</summary>
    public IReadOnlyList<Group> Outcomes =>
        [
            .. from step in steps.DistinctBy(OutcomeKey)
            let labels = page.View.Machine.LabelsOf(step.State, step.Role)
            where labels.Count > 0
            select new Group(
                OutcomeKey(step),
                $"{ElementName.Of(step.Role)} in {ElementName.Of(step.State)}",
                [.. labels.Select(label => (label, label))]
            ),
        ];

    public IReadOnlyList<Group> Transitions =>
        [
            .. from step in steps.DistinctBy(step => step.State)
            let next = page.View.Definition.State(step.State)?.Next ?? []
            select new Group(
                step.State,
                $"From {ElementName.Of(step.State)}",
                [.. next.DistinctBy(one => one.To).Select(one => (one.To, $"{ElementName.Of(one.To)}: {one.Condition ?? "otherwise"}"))]
            ),
        ];

    public IReadOnlyList<Group> Players =>
        [
            .. from role in page.View.Definition.Roles
            where steps.Any(step => step.Role == role.Name)
            select new Group(
                role.Name,
                ElementName.Of(role.Name),
                [
                    .. page
                        .Choices.Where(choice => choice.Fits(role))
                        .Select(choice => (Player(role.Name, choice), CastFields.Text(choice, me))),
                ]
            ),
        ];

    public static string Player(string role, CastChoice choice) => $"{role}/{choice.Id}";

    /// <param name="player">As <see cref="Player"/> writes it.</param>
    /// <returns>Null where nobody is chosen.</returns>
    public static Dictionary<string, Guid>? Cast(string? player) =>
        player?.Split('/') is [var role, var citizen] && Guid.TryParse(citizen, CultureInfo.InvariantCulture, out var id)
            ? new Dictionary<string, Guid>(StringComparer.Ordinal) { [role] = id }
            : null;
}
