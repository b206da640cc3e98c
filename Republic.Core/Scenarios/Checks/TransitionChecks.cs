using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Whether the transitions of a state fit together, and lead to states that there are.</summary>
internal static class TransitionChecks
{
    public static void Check(StateDefinition state, StateGraph graph, ParsedConditions conditions, FoundProblems problems)
    {
        var (path, name) = ($"states.{state.Name}", ElementName.Of(state.Name));
        if (state.Type == NodeType.End)
        {
            if (state.Next.Count > 0)
            {
                problems.Error(
                    $"{path}.next",
                    $"“{name}” is an end, and a transition leads on from it. Remove the transition, or choose another type of state."
                );
            }

            return;
        }

        if (state.Next.Count == 0)
        {
            problems.Error($"{path}.next", $"Nothing leads on from “{name}”. Add a transition, or make it an end.");
        }
        else if (state.Next.Count > ScenarioRules.MostTransitions)
        {
            problems.Error(
                $"{path}.next",
                $"“{name}” has {state.Next.Count} transitions, and can have {ScenarioRules.MostTransitions}. Remove some."
            );
        }

        for (var i = 0; i < state.Next.Count; i++)
        {
            Check(state, i, graph, problems);
        }

        if (
            state.Next.Count > 0
            && state.Next.All(one =>
                one.Kind == TransitionKind.When && (conditions.Of(one)?.Constant is not true || one.MaxVisits is not null)
            )
        )
        {
            problems.Warning(
                $"{path}.next",
                $"Where none of its conditions holds, “{name}” leads nowhere, and a person has to choose. Add a transition that is taken otherwise."
            );
        }
    }

    /// <summary>The transition and its field that decides: <c>states.review.next[1].when</c>.</summary>
    public static string PathOf(StateDefinition state, int index)
    {
        var path = $"states.{state.Name}.next[{index}]";
        return state.Next[index].Kind switch
        {
            TransitionKind.When => $"{path}.when",
            TransitionKind.Ask => $"{path}.ask",
            TransitionKind.Manual => $"{path}.manual",
            TransitionKind.Else => $"{path}.else",
            _ => path,
        };
    }

    private static void Check(StateDefinition state, int index, StateGraph graph, FoundProblems problems)
    {
        var (transition, name) = (state.Next[index], ElementName.Of(state.Name));
        if (!graph.Has(transition.To))
        {
            problems.Error(
                $"states.{state.Name}.next[{index}].to",
                $"“{name}” leads to “{ElementName.Of(transition.To)}”, which is no state. {(graph.Meant(transition.To) is { } meant ? $"Did you mean “{ElementName.Of(meant)}”?" : "Add it, or choose another one.")}"
            );
        }

        var path = PathOf(state, index);
        if (transition.Kind == TransitionKind.Always && state.Next.Count > 1)
        {
            problems.Error(
                path,
                $"Of the {state.Next.Count} transitions from “{name}”, one says nothing about when it is taken. Choose what decides."
            );
        }
        else if (
            transition.Kind is TransitionKind.When or TransitionKind.Ask or TransitionKind.Manual
            && string.IsNullOrWhiteSpace(transition.Condition)
        )
        {
            problems.Error(
                path,
                transition.Kind switch
                {
                    TransitionKind.When => $"A transition from “{name}” has no condition. Write it, such as outcome == \"approve\".",
                    TransitionKind.Ask => $"A transition from “{name}” has no question. Write what is to be asked.",
                    _ => $"A transition from “{name}” has no label. Write what a person chooses.",
                }
            );
        }
        else if (transition.Kind == TransitionKind.Else && state.Next.Take(index).Any(one => one.Kind == TransitionKind.Else))
        {
            problems.Error(path, $"Two transitions from “{name}” are taken otherwise. Keep one.");
        }
        else if (transition.Kind == TransitionKind.Else && state.Next.Skip(index + 1).Any(one => one.Kind != TransitionKind.Else))
        {
            problems.Error(path, $"From “{name}”, the transition that is taken otherwise stands before others. Put it last.");
        }
    }
}
