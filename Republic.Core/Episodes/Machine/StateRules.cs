using Republic.Core.Expressions;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>A state with its conditions parsed, and what they want to know of whoever acts in it.</summary>
internal sealed class StateRules
{
    /// <summary>The labels of an approval.</summary>
    public static readonly IReadOnlyList<string> Decisions = ["approve", "reject", "changes"];

    private readonly IExpression?[] conditions;

    public StateRules(ScenarioDefinition definition, StateDefinition state)
    {
        State = state;
        conditions = [.. state.Next.Select(Parsed)];
        var read = ReadAfter(definition, state).Select(Parsed).OfType<IExpression>().ToList();
        Labels =
            state.Type == NodeType.Approval ? Decisions
            : state.Type == NodeType.Action ? [.. read.SelectMany(one => one.TextsComparedWith("outcome")).Where(IsLabel).Distinct()]
            : [];
        WantsScore =
            state.Type is NodeType.Action or NodeType.Approval
            && read.Exists(one => one.References.Any(reference => reference.Path == "score"));
    }

    public StateDefinition State { get; }

    /// <summary>The outcomes that a step in it may have; empty where none is read.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether a condition reads the score of a step in it.</summary>
    public bool WantsScore { get; }

    /// <summary>Whether a transition's condition is true; with the reason where it cannot be evaluated, which counts as false.</summary>
    public (bool Holds, string? Error) Evaluate(int index, IReadOnlyDictionary<string, object?> variables)
    {
        if (conditions[index] is not { } condition)
        {
            return (false, "it cannot be read");
        }

        return condition.Evaluate(variables) switch
        {
            { Error: { } error } => (false, error),
            { Value: bool holds } => (holds, null),
            _ => (false, "it is neither true nor false"),
        };
    }

    /// <summary>The transitions that are decided by what is done in a state: its own, and those of decisions that it leads to.</summary>
    private static IEnumerable<TransitionDefinition> ReadAfter(ScenarioDefinition definition, StateDefinition state)
    {
        var (seen, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<StateDefinition>([state]));
        while (open.TryPop(out var one))
        {
            foreach (var transition in one.Next)
            {
                yield return transition;
                if (definition.State(transition.To) is { Type: NodeType.Decision } decision && seen.Add(decision.Name))
                {
                    open.Push(decision);
                }
            }
        }
    }

    private static IExpression? Parsed(TransitionDefinition transition) =>
        transition.Kind == TransitionKind.When && Cel.TryParse(transition.Condition ?? "", out var expression, out _) ? expression : null;

    private static bool IsLabel(string text) => text.Length is > 0 and <= ScenarioRules.LongestLabel && !text.Any(char.IsControl);
}
