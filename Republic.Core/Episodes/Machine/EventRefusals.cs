using System.Collections.Immutable;

namespace Republic.Core.Episodes.Machine;

/// <summary>Says why an event does not fit the state of an episode, for people.</summary>
internal static class EventRefusals
{
    public const string Stale = "The episode went on without this answer.";

    /// <returns>Null where it fits.</returns>
    public static string? Of(EpisodeMachine machine, EpisodeState state, EpisodeEvent happened) =>
        state.Phase == EpisodePhase.Over ? "The episode is over."
        : state.Phase == EpisodePhase.Ready && happened is not (EpisodeEvent.Started or EpisodeEvent.Swapped or EpisodeEvent.Stopped)
            ? "The episode was not started yet. Start it first."
        : happened is { Seq: > EpisodeRules.MostEntries } and (EpisodeEvent.Paused or EpisodeEvent.Injected or EpisodeEvent.Swapped)
            ? $"The episode has {EpisodeRules.MostEntries:N0} entries, as many as are kept. Let it come to its end, or begin a new one."
        : happened switch
        {
            EpisodeEvent.Started => state.Phase == EpisodePhase.Ready ? null : "The episode was started already.",
            EpisodeEvent.StepDone done => IsAsked(state, done.Ask, EpisodePhase.Asking) && done.Role == state.Role ? null : Stale,
            EpisodeEvent.StepFailed failed => IsAsked(state, failed.Ask, EpisodePhase.Asking, EpisodePhase.Judging, EpisodePhase.Deciding)
                ? null
                : Stale,
            EpisodeEvent.LimitReached limit => IsAsked(state, limit.Ask, EpisodePhase.Asking, EpisodePhase.Judging) ? null : Stale,
            EpisodeEvent.Judged judged => IsAsked(state, judged.Ask, EpisodePhase.Judging) && IsOffered(machine, state, judged)
                ? null
                : Stale,
            EpisodeEvent.PersonActed acted => OfActed(machine, state, acted),
            EpisodeEvent.Chosen chosen => OfChosen(machine, state, chosen),
            EpisodeEvent.Paused => state.IsPaused ? "The episode is paused already." : null,
            EpisodeEvent.Resumed resumed => OfResumed(state, resumed),
            EpisodeEvent.OneStep => OfOneStep(state),
            EpisodeEvent.Injected injected => OfInjected(machine, injected),
            EpisodeEvent.Swapped swapped => machine.Roles.Contains(swapped.Role) ? null : $"There is no role “{swapped.Role}”.",
            EpisodeEvent.TimedOut => state is { Phase: EpisodePhase.Waiting or EpisodePhase.Deciding, IsPaused: false }
            && state.Until <= happened.At
                ? null
                : Stale,
            EpisodeEvent.Gone gone => IsAwaited(state, gone) ? null : Stale,
            EpisodeEvent.CallsAwaited awaited => IsAsked(state, awaited.Ask, EpisodePhase.Asking) ? null : Stale,
            EpisodeEvent.CallsDecided decided => IsAsked(state, decided.Ask, EpisodePhase.Deciding) ? null : Stale,
            _ => null,
        };

    private static bool IsAwaited(EpisodeState state, EpisodeEvent.Gone gone) =>
        state is { Phase: EpisodePhase.Waiting, IsPaused: false }
        && state.Role == gone.Role
        && state.Cast.GetValueOrDefault(gone.Role)?.Citizen == gone.Citizen;

    private static bool IsAsked(EpisodeState state, long ask, params ReadOnlySpan<EpisodePhase> phases) =>
        state.Ask == ask && phases.Contains(state.Phase);

    private static bool IsOffered(EpisodeMachine machine, EpisodeState state, EpisodeEvent.Judged judged) =>
        judged.Index is not { } index || machine.QuestionsOf(state).Contains(index);

    private static string? OfActed(EpisodeMachine machine, EpisodeState state, EpisodeEvent.PersonActed acted)
    {
        var isTheirs = acted.InsteadOf
            ? state.Phase is EpisodePhase.Waiting or EpisodePhase.Asking
            : state.Phase == EpisodePhase.Waiting && state.Cast.GetValueOrDefault(acted.Role)?.Citizen == acted.Citizen;
        if (!isTheirs || state.Role != acted.Role)
        {
            return $"It is not the turn of “{acted.Role}”.";
        }

        if (state.IsPaused && !acted.InsteadOf)
        {
            return "The episode is paused. Resume it first.";
        }

        if (acted.Edge is { } edge)
        {
            return machine.Current(state) is { } current && machine.Usable(state, current).Contains(edge)
                ? null
                : "There is no such transition here, or it was taken as often as it can be.";
        }

        var labels = machine.LabelsOf(state);
        return labels.Count == 0 || labels.Contains(acted.Label ?? "")
            ? null
            : $"The outcome of this step is one of: {string.Join(", ", labels)}.";
    }

    private static string? OfChosen(EpisodeMachine machine, EpisodeState state, EpisodeEvent.Chosen chosen) =>
        state.Phase is not (EpisodePhase.Choosing or EpisodePhase.Stuck) ? "Nothing is to be chosen now."
        : state.IsPaused && state.Phase == EpisodePhase.Choosing ? "The episode is paused. Resume it first."
        : machine.ChoicesOf(state).Contains(chosen.Index) ? null
        : "There is no such transition here, or it was taken as often as it can be.";

    private static string? OfResumed(EpisodeState state, EpisodeEvent.Resumed resumed)
    {
        var limits = EpisodeLimits.Over(state.Limits, resumed.Limits);
        return state.Phase == EpisodePhase.Limited && EpisodeLimits.Reached(state with { Limits = limits }) is { } kind
                ? $"{EpisodeLimits.Sentence(kind, limits)} Raise it, or stop the episode."
            : state.IsPaused || state.Phase is EpisodePhase.Limited or EpisodePhase.Stuck || resumed.Limits is not null ? null
            : "The episode is not paused.";
    }

    private static string? OfOneStep(EpisodeState state) =>
        state.Phase switch
        {
            EpisodePhase.Limited => "A limit is reached. Raise it and resume.",
            EpisodePhase.Stuck => "Nothing leads on. Choose what happens next, or resume to try again.",
            _ => null,
        };

    private static string? OfInjected(EpisodeMachine machine, EpisodeEvent.Injected injected)
    {
        var strangers = injected.Audience.Where(role => !machine.Roles.Contains(role)).ToImmutableArray();
        return strangers.Length > 0 ? $"There is no role “{strangers[0]}”." : null;
    }
}
