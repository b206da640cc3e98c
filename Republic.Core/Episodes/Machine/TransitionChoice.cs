using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Machine;

/// <summary>How a state is left: by the first condition that is true, as the director or a person decides, or by what is taken when nothing else is.</summary>
/// <param name="Index">The transition that is taken; null where none is yet.</param>
/// <param name="Decider">Who decides instead: the director, or a person; null where nobody is asked.</param>
/// <param name="Errors">Of conditions that could not be evaluated.</param>
internal sealed record TransitionChoice(int? Index, EpisodePhase? Decider, IReadOnlyList<EpisodeEffect> Errors)
{
    /// <param name="random">For conditions that read it.</param>
    /// <param name="isTimeout">Nobody acted: only what is taken when nothing else is leads on.</param>
    /// <param name="isJudged">The director has answered, and to no question with yes.</param>
    public static TransitionChoice Of(EpisodeMachine machine, EpisodeState state, double random, bool isTimeout, bool isJudged)
    {
        if (machine.Current(state) is not { } current)
        {
            return new(null, null, []);
        }

        var byKind = machine.Usable(state, current).ToLookup(index => current.State.Next[index].Kind);
        List<EpisodeEffect> errors = [];
        if (!isTimeout)
        {
            var certain = byKind[TransitionKind.Always]
                .Concat(Holding(machine, state, current, byKind[TransitionKind.When], random, errors));
            if (certain.Cast<int?>().FirstOrDefault() is { } index)
            {
                return new(index, null, errors);
            }

            if (DeciderOf(machine, state, byKind, isJudged) is { } decider)
            {
                return new(null, decider, errors);
            }
        }

        return new(byKind[TransitionKind.Else].Cast<int?>().FirstOrDefault(), null, errors);
    }

    private static EpisodePhase? DeciderOf(EpisodeMachine machine, EpisodeState state, ILookup<TransitionKind, int> byKind, bool isJudged)
    {
        var hasQuestions = byKind[TransitionKind.Ask].Any() && !isJudged;
        var isMinion = machine.Director is { } director && state.Cast.GetValueOrDefault(director) is { IsPerson: false };
        return hasQuestions && isMinion ? EpisodePhase.Judging
            : hasQuestions || byKind[TransitionKind.Manual].Any() ? EpisodePhase.Choosing
            : null;
    }

    private static IEnumerable<int> Holding(
        EpisodeMachine machine,
        EpisodeState state,
        StateRules current,
        IEnumerable<int> conditions,
        double random,
        List<EpisodeEffect> errors
    )
    {
        Dictionary<string, object?>? variables = null;
        foreach (var index in conditions)
        {
            variables ??= EpisodeVariables.Of(state, current.State, machine.RoleValues, random);
            var (holds, error) = current.Evaluate(index, variables);
            if (error is not null)
            {
                errors.Add(new EpisodeEffect.ConditionErred(current.State.Name, index, error));
            }

            if (holds)
            {
                yield return index;
            }
        }
    }
}
