using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Control;

/// <summary>What a person does in their role.</summary>
/// <param name="Outcome">A label, where the state wants one, such as <c>approve</c>.</param>
/// <param name="Score">For conditions that read it.</param>
public sealed record ActInput(string? Role, string? Text, string? Outcome, double? Score)
{
    internal IReadOnlyList<FieldError> Problems(EpisodeMachine machine, EpisodeState state)
    {
        var rules = new FieldRules([]);
        rules.Required("role", "The role", Role);
        rules.Required("text", "The text", Text);
        rules.Text("text", "The text", Text, EpisodeRules.LongestText, isLine: false);
        rules.Text("outcome", "The outcome", Outcome, ScenarioRules.LongestLabel);
        if (Role is { } role && !machine.Roles.Contains(role.Trim()))
        {
            rules.Add("role", $"There is no role “{role.AtMost(60)}”. The roles are {string.Join(", ", machine.Roles)}.");
        }
        else if (
            state.Phase == EpisodePhase.Waiting
            && state.Role == Role?.Trim()
            && machine.LabelsOf(state) is { Count: > 0 } labels
            && !labels.Contains(Outcome ?? "")
        )
        {
            rules.Add("outcome", $"The outcome of this step is one of: {string.Join(", ", labels)}.");
        }

        if (Score is { } score && !double.IsFinite(score))
        {
            rules.Add("score", "The score is a number.");
        }

        return rules.Errors;
    }

    internal EpisodeEvent.PersonActed ToEvent(Guid me) => new(Role!.Trim(), me, Text!.Trim(), Outcome, Score);
}
