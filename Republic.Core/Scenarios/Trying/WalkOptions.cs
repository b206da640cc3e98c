using Republic.Core.Expressions;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>Tells which transitions of the current state of a walk would be taken.</summary>
internal static class WalkOptions
{
    public static IReadOnlyList<WalkOption> Of(ScenarioDefinition definition, WalkProgress progress)
    {
        var variables = WalkVariables.Of(definition, progress);
        List<WalkOption> options = [];
        for (var i = 0; i < progress.Next.Count; i++)
        {
            var transition = progress.Next[i];
            var (answer, error) = AnswerOf(transition, variables);
            options.Add(new WalkOption(i, transition, progress.TargetOf(i), progress.ChoicesWith(i), progress.IsUsedUp(i), answer, error));
        }

        var isElse = ElseOf(options);
        return [.. options.Select(option => option.Transition.Kind == TransitionKind.Else ? option with { Answer = isElse } : option)];
    }

    /// <summary>The index of the transition that is taken whatever is not known yet; null where that decides.</summary>
    public static int? Suggested(IReadOnlyList<WalkOption> options)
    {
        // The kinds are in the order in which they are tried.
        foreach (var option in Usable(options).OrderBy(option => option.Transition.Kind).ThenBy(option => option.Index))
        {
            if (option.Answer is WalkAnswer.Holds or WalkAnswer.Open)
            {
                return option.Answer == WalkAnswer.Holds && option.Target is not null ? option.Index : null;
            }
        }

        return null;
    }

    private static (WalkAnswer Answer, string? Error) AnswerOf(
        TransitionDefinition transition,
        IReadOnlyDictionary<string, object?> variables
    )
    {
        if (transition.Kind != TransitionKind.When)
        {
            return (transition.Kind == TransitionKind.Always ? WalkAnswer.Holds : WalkAnswer.Open, null);
        }

        if (!Cel.TryParse(transition.Condition ?? "", out var expression, out var problem))
        {
            return (WalkAnswer.Errs, problem.Message);
        }

        var result = expression.Evaluate(variables);
        return result switch
        {
            { Error: null, Value: bool holds } => (holds ? WalkAnswer.Holds : WalkAnswer.DoesNotHold, null),
            { Error: null } => (WalkAnswer.Errs, "it is neither true nor false"),
            _ when expression.References.Any(reference => WalkVariables.IsOpen(reference.Path)) => (WalkAnswer.Open, null),
            _ => (WalkAnswer.Errs, result.Error),
        };
    }

    /// <summary>Whether the transition is taken that is there for when no other one is.</summary>
    private static WalkAnswer ElseOf(IReadOnlyList<WalkOption> options)
    {
        var others = Usable(options).Where(option => option.Transition.Kind != TransitionKind.Else).ToList();
        return others.Exists(option => option.Answer == WalkAnswer.Holds) ? WalkAnswer.DoesNotHold
            : others.Exists(option => option.Answer == WalkAnswer.Open) ? WalkAnswer.Open
            : WalkAnswer.Holds;
    }

    private static IEnumerable<WalkOption> Usable(IReadOnlyList<WalkOption> options) => options.Where(option => !option.IsUsedUp);
}
