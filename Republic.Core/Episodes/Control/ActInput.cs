using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Control;

/// <summary>An act of a person in the role that they play: what they say, and what they decide.</summary>
/// <param name="Outcome">A label, where the state wants one, such as <c>approve</c>.</param>
/// <param name="Score">How good it is, from 0 to 1, where conditions read that.</param>
/// <param name="Seq">The number of the step that it is meant for, so that one that is sent twice is not taken for the next; null for whichever waits.</param>
public sealed record ActInput(string? Role, string? Text, string? Outcome, double? Score, long? Seq = null)
{
    /// <param name="me">Who acts: the outcomes of somebody else's step are not named to them.</param>
    internal IReadOnlyList<FieldError> Problems(Guid me, EpisodeMachine machine, EpisodeState state)
    {
        var rules = new FieldRules([]);
        rules.Required("role", "The role", Role);
        rules.Required("text", "The text", VisibleText.OrNull(Text));
        rules.Text("text", "The text", Text, EpisodeRules.LongestText, isLine: false);
        rules.Text("outcome", "The outcome", Outcome, ScenarioRules.LongestLabel);
        if (Role is { } role && !machine.Roles.Contains(role.Trim()))
        {
            rules.Add("role", $"There is no role “{role.AtMost(60)}”. The roles are {string.Join(", ", machine.Roles)}.");
        }
        else if (state.Phase == EpisodePhase.Waiting && state.Role == Role?.Trim() && state.Cast[state.Role!].Citizen == me)
        {
            CheckDecision(rules, machine, state);
        }

        if (Score is not (null or (>= 0 and <= 1)))
        {
            rules.Add("score", "The score is a number from 0, bad, to 1, good. Write it like 0.7.");
        }

        return rules.Errors;
    }

    /// <summary>Checks that the outcome and the score are given where conditions read them.</summary>
    private void CheckDecision(FieldRules rules, EpisodeMachine machine, EpisodeState state)
    {
        if (machine.LabelsOf(state) is { Count: > 0 } labels && !labels.Contains(Outcome ?? ""))
        {
            rules.Add("outcome", $"The outcome of this step is one of: {string.Join(", ", labels)}.");
        }

        if (Score is null && machine.WantsScore(state))
        {
            rules.Add("score", "The score is missing. Rate what you do from 0, bad, to 1, good, such as 0.7.");
        }
    }

    internal EpisodeEvent.PersonActed ToEvent(Guid me) => new(Role!.Trim(), me, Text!.Trim(), Outcome, Score);
}
