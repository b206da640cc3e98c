using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Scenarios;

/// <summary>What a state and its transitions do, in words.</summary>
internal static class StateWords
{
    public static string Type(NodeType type) =>
        type switch
        {
            NodeType.Start => "start",
            NodeType.Action => "action",
            NodeType.Decision => "decision",
            NodeType.Approval => "approval",
            _ => "end",
        };

    public static string Result(EndResult result) =>
        result switch
        {
            EndResult.Success => "success",
            EndResult.Failure => "failure",
            _ => "neutral",
        };

    /// <summary>The roles that act, and whose turn it is.</summary>
    public static string Acting(StateDefinition state)
    {
        var names = Names(state.Roles);
        return (state.Turn, state.Roles.Count) switch
        {
            (_, 0) => "Nobody",
            _ when state.Type == NodeType.Approval => $"{names} approves, rejects or asks for changes",
            (TurnRule.Moderator, > 1) => $"{names}; the first names the next one{Rounds(state)}",
            (TurnRule.Addressed, > 1) => $"{names}; the one who is addressed{Rounds(state)}",
            (TurnRule.Once, > 1) => $"{names}, each once",
            _ => $"{names}{Rounds(state)}",
        };
    }

    /// <summary>The roles that get to know what is said in the state.</summary>
    public static string Hearing(StateDefinition state) =>
        state.Audience switch
        {
            { Kind: AudienceKind.All } => "All roles",
            { Kind: AudienceKind.Listed } audience => Names(audience.Roles),
            _ => "Those who act",
        };

    private static string Names(IReadOnlyList<string> names) =>
        names.Count < 2
            ? string.Concat(names.Select(ElementName.Of))
            : $"{string.Join(", ", names.SkipLast(1).Select(ElementName.Of))} and {ElementName.Of(names[^1])}";

    private static string Rounds(StateDefinition state) =>
        state is { Turn: not TurnRule.Once, Rounds: > 1 and var rounds } ? $", in {rounds} rounds" : "";
}
