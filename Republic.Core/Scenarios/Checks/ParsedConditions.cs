using Republic.Core.Expressions;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>The conditions of a scenario, each parsed once.</summary>
internal sealed class ParsedConditions
{
    private readonly Dictionary<string, (IExpression? Expression, ExpressionProblem? Problem)> parsed = new(StringComparer.Ordinal);

    public ParsedConditions(ScenarioDefinition definition)
    {
        foreach (var transition in definition.States.SelectMany(state => state.Next).Where(IsWritten))
        {
            if (!parsed.ContainsKey(transition.Condition!))
            {
                parsed[transition.Condition!] = Cel.TryParse(transition.Condition!, out var expression, out var problem)
                    ? (expression, null)
                    : (null, problem);
            }
        }
    }

    /// <summary>Null where the transition has no condition, or one that cannot be parsed.</summary>
    public IExpression? Of(TransitionDefinition transition) => IsWritten(transition) ? parsed[transition.Condition!].Expression : null;

    public ExpressionProblem? ProblemOf(TransitionDefinition transition) =>
        IsWritten(transition) ? parsed[transition.Condition!].Problem : null;

    /// <summary>Whether a condition reads the variable or field, or all of what the field is one of.</summary>
    public bool Read(string variable, string field) =>
        parsed.Values.Any(one =>
            one.Expression?.References.Any(reference =>
                reference.Path == variable
                || reference.Path == $"{variable}.{field}"
                || reference.Path.StartsWith($"{variable}.{field}.", StringComparison.Ordinal)
            ) == true
        );

    private static bool IsWritten(TransitionDefinition transition) =>
        transition.Kind == TransitionKind.When && !string.IsNullOrWhiteSpace(transition.Condition);
}
