using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>Whose turn it is in a state.</summary>
internal static class TurnOrder
{
    /// <summary>What a moderator says in the place of a role when nobody is to speak any more.</summary>
    public const string Done = "done";

    /// <param name="state">One in which roles act.</param>
    /// <param name="spoken">The number of steps since it was entered.</param>
    /// <param name="last">The last of them; null before the first.</param>
    /// <param name="label">Its label.</param>
    /// <returns>The role that acts next; null: all have acted.</returns>
    public static string? Next(StateDefinition state, int spoken, LastStep? last, string label)
    {
        if (spoken == 0 || last is null)
        {
            return state.Roles[0];
        }

        return spoken >= TurnsOf(state) ? null
            : HasModerator(state) ? Moderated(state, last.Role, label)
            : state.Turn == TurnRule.Addressed && Addressed(state, last) is { } role ? role
            : state.Turn == TurnRule.Addressed ? After(state, last.Role)
            : state.Roles[spoken % state.Roles.Count];
    }

    /// <summary>The first of the roles acts in turn with whom it names.</summary>
    public static bool HasModerator(StateDefinition state) =>
        state is { Type: NodeType.Action, Turn: TurnRule.Moderator, Roles.Count: > 1 };

    /// <summary>The most steps of one visit.</summary>
    public static int TurnsOf(StateDefinition state) => state.Type == NodeType.Approval ? 1 : state.Roles.Count * RoundsOf(state);

    /// <summary>From 1; the step that comes next belongs to it.</summary>
    public static int RoundAt(StateDefinition state, int spoken) =>
        state.Roles.Count == 0 ? 1 : Math.Min(spoken / state.Roles.Count, RoundsOf(state) - 1) + 1;

    private static int RoundsOf(StateDefinition state) =>
        state.Type == NodeType.Approval || state.Turn == TurnRule.Once ? 1 : Math.Clamp(state.Rounds ?? 1, 1, ScenarioRules.MostRounds);

    private static string? Moderated(StateDefinition state, string lastRole, string label) =>
        lastRole != state.Roles[0] ? state.Roles[0]
        : state.Roles.Skip(1).Contains(label, StringComparer.Ordinal) ? label
        : null;

    private static string After(StateDefinition state, string role) =>
        state.Roles[(state.Roles.TakeWhile(other => other != role).Count() + 1) % state.Roles.Count];

    /// <summary>The role that a text names last, with an @ before it.</summary>
    private static string? Addressed(StateDefinition state, LastStep last)
    {
        var text = last.Text;
        for (var at = text.LastIndexOf('@'); at >= 0; at = at == 0 ? -1 : text.LastIndexOf('@', at - 1))
        {
            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            var name = text[(at + 1)..end];
            if (state.Roles.FirstOrDefault(role => role != last.Role && role.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } role)
            {
                return role;
            }
        }

        return null;
    }
}
