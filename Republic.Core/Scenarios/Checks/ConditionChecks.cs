using Republic.Core.Expressions;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>What conditions read, and whether they ever decide.</summary>
internal static class ConditionChecks
{
    /// <summary>What conditions can read, and the fields of it that are known.</summary>
    private static readonly Dictionary<string, string[]?> Variables = new(StringComparer.Ordinal)
    {
        ["outcome"] = null,
        ["score"] = null,
        ["step"] = ["action", "text", "role", "status"],
        ["facts"] = null,
        ["visits"] = null,
        ["turn"] = null,
        ["round"] = null,
        ["minutes"] = null,
        ["cost"] = null,
        ["roles"] = null,
        ["random"] = null,
    };

    public static void Check(ScenarioDefinition definition, StateDefinition state, ParsedConditions conditions, FoundProblems problems)
    {
        for (var i = 0; i < state.Next.Count; i++)
        {
            var (transition, path) = (state.Next[i], TransitionChecks.PathOf(state, i));
            if (conditions.ProblemOf(transition) is { } problem)
            {
                problems.Error(
                    path,
                    $"The condition {transition.Condition!.AtMost(60)} cannot be read: {problem.Message} (character {problem.Column})."
                );
            }
            else if (conditions.Of(transition) is { } expression)
            {
                CheckNames(definition, expression, path, problems);
                CheckConstant(expression, path, problems);
            }

            CheckIsReached(state, i, conditions, problems);
        }
    }

    private static void CheckIsReached(StateDefinition state, int index, ParsedConditions conditions, FoundProblems problems)
    {
        var transition = state.Next[index];
        // All conditions are evaluated before anything else is tried, wherever they stand.
        var before = transition.Kind == TransitionKind.When ? state.Next.Take(index) : state.Next;
        var unlimited = before.Where(one => one.MaxVisits is null).Select(conditions.Of).OfType<IExpression>().ToList();
        if (transition.Kind != TransitionKind.Always && unlimited.Exists(one => one.Constant is true))
        {
            problems.Warning(
                TransitionChecks.PathOf(state, index),
                $"From “{ElementName.Of(state.Name)}”, another condition always holds, so that this one is never reached. Remove one of them."
            );
        }
        else if (
            conditions.Of(transition) is { Constant: null } expression
            && unlimited.Exists(one => one.Text.Trim() == expression.Text.Trim())
        )
        {
            problems.Warning(
                TransitionChecks.PathOf(state, index),
                $"The same condition stands before, so that this one is never reached: {expression.Text.AtMost(60)}. Change one of them."
            );
        }
    }

    private static void CheckConstant(IExpression expression, string path, FoundProblems problems)
    {
        if (expression.Constant is false)
        {
            problems.Warning(path, $"The condition {expression.Text.AtMost(60)} never holds. Change it, or remove the transition.");
        }
        else if (expression.Constant is not (null or bool))
        {
            problems.Error(path, $"The condition {expression.Text.AtMost(60)} is neither true nor false. Compare it with something.");
        }
    }

    private static void CheckNames(ScenarioDefinition definition, IExpression expression, string path, FoundProblems problems)
    {
        foreach (var call in expression.UnknownFunctions)
        {
            problems.Error(path, $"The condition calls {call.Path.AtMost(60)}, and there is no such function (character {call.Column}).");
        }

        foreach (var reference in expression.References)
        {
            var parts = reference.Path.Split('.');
            var field = parts.ElementAtOrDefault(1);
            var unknown =
                !Variables.TryGetValue(parts[0], out var fields)
                    ? $"reads “{parts[0].AtMost(60)}”, which is not known. It can read {string.Join(", ", Variables.Keys)}"
                : field is null ? null
                : parts[0] == "facts" && !definition.Facts.Any(fact => fact.Name == field)
                    ? $"reads the fact “{field.AtMost(60)}”, and there is none. Add it, or change the condition"
                : parts[0] == "visits" && definition.State(field) is null
                    ? $"counts visits of “{field.AtMost(60)}”, which is no state. Change the name"
                : fields is not null && !fields.Contains(field)
                    ? $"reads {parts[0]}.{field.AtMost(60)}, which is not known. It can read {string.Join(", ", fields.Select(one => $"{parts[0]}.{one}"))}"
                : null;
            if (unknown is not null)
            {
                problems.Error(path, $"The condition {unknown} (character {reference.Column}).");
            }
        }
    }
}
