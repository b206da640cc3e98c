using Republic.Core.Episodes;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes.Stage;

/// <summary>What may come next in an episode, for its owner: who acts, and where each transition of the present state leads.</summary>
internal static class Upcoming
{
    /// <summary>What is decided by a condition, null where it is not, and what follows.</summary>
    public sealed record Line(string? Condition, string Text);

    /// <returns>Empty where it is over, or was not started.</returns>
    public static IReadOnlyList<Line> Of(EpisodePage page)
    {
        var (state, machine) = (page.View.State, page.View.Machine);
        if (
            state.Phase is EpisodePhase.Ready or EpisodePhase.Over
            || machine.Definition.State(state.Position.Current ?? "") is not { } current
        )
        {
            return [];
        }

        List<Line> lines = state.Role is { } role ? [new(null, Acts(page, role, page.Knows(role) ? machine.LabelsOf(state) : []))] : [];
        lines.AddRange(
            machine
                .TransitionsOf(state)
                .Select(index => current.Next[index])
                .Select(next => new Line(Condition(next), Follows(page, next.To)))
        );
        return lines;
    }

    private static string Acts(EpisodePage page, string role, IReadOnlyList<string> outcomes)
    {
        var name = ElementName.Of(role);
        var acts = page.View.MyRoles.Contains(role) ? $"You act as “{name}”" : $"{Player(page, role)} acts as “{name}”";
        return outcomes.Count == 0 ? acts
            : outcomes.Count == 1 ? $"{acts}: {outcomes[0]}"
            : $"{acts}: {string.Join(", ", outcomes.SkipLast(1))} or {outcomes[^1]}";
    }

    private static string? Condition(TransitionDefinition transition) =>
        transition.Kind switch
        {
            TransitionKind.When => transition.Condition,
            TransitionKind.Ask => $"“{transition.Condition}”",
            TransitionKind.Manual => $"If “{transition.Condition}” is chosen",
            TransitionKind.Else => "Otherwise",
            _ => null,
        };

    private static string Follows(EpisodePage page, string name)
    {
        var (state, shown) = (page.View.Definition.State(name), ElementName.Of(name));
        return state switch
        {
            { Type: NodeType.End } => $"it ends in “{shown}”, {EpisodeWords.Result(state.Result)}",
            { Roles: [var first, ..] } => $"{(page.View.MyRoles.Contains(first) ? "you act" : $"{Player(page, first)} acts")} in “{shown}”",
            _ => $"“{shown}” is decided",
        };
    }

    private static string Player(EpisodePage page, string role) =>
        page.PlayerOf(role)?.Name is { } name ? PlainName.Of(name) : $"whoever plays “{ElementName.Of(role)}”";
}
