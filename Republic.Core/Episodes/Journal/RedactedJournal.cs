using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>The entries of a journal as sentences, without anybody's words: who may read it may not know all that was said.</summary>
internal static class RedactedJournal
{
    /// <param name="seesAll">False leaves out which transition was taken: of two to the same state, that says what was decided.</param>
    public static string Of(IEnumerable<EntryData> entries, bool seesAll) =>
        string.Join('\n', entries.Select(entry => Line(entry, seesAll)));

    private static string Line(EntryData entry, bool seesAll)
    {
        var moves = entry.Effects.OfType<EpisodeEffect.Enter>().Select(enter => enter.State).ToList();
        var errors = entry
            .Effects.OfType<EpisodeEffect.ConditionErred>()
            .Where(_ => seesAll)
            .Select(erred => $"; the condition of transition {erred.Index + 1} of {erred.State} counted as false");
        return $"{entry.Event.Seq}. {Happened(entry.Event, seesAll)}{(moves.Count > 0 ? $"; on to {string.Join(", ", moves)}" : "")}{string.Concat(errors)}";
    }

    private static string Happened(EpisodeEvent happened, bool seesAll) =>
        happened switch
        {
            EpisodeEvent.Started => "It was started",
            EpisodeEvent.StepDone done => $"{done.Role} acted",
            EpisodeEvent.PersonActed { InsteadOf: true } acted => $"{acted.Role} was given other words",
            EpisodeEvent.PersonActed acted => $"{acted.Role} acted",
            EpisodeEvent.StepFailed => "A step failed",
            EpisodeEvent.Judged when !seesAll => "The director decided",
            EpisodeEvent.Chosen when !seesAll => "A transition was chosen by a person",
            EpisodeEvent.Judged judged => judged.Index is { } index
                ? $"The director chose transition {index + 1}"
                : "The director chose none",
            EpisodeEvent.Chosen chosen => $"Transition {chosen.Index + 1} was chosen by a person",
            EpisodeEvent.Paused => "It was paused",
            EpisodeEvent.Resumed => "It was resumed",
            EpisodeEvent.OneStep => "One step was asked for",
            EpisodeEvent.Injected injected => injected.Fact is null ? "A message came from outside" : "A fact came from outside",
            EpisodeEvent.Swapped swapped => $"{swapped.Role} was cast anew",
            EpisodeEvent.LimitReached limit => $"The limit of {limit.Limit.ToString().ToLowerInvariant()} was reached",
            EpisodeEvent.TimedOut => "A person did not act in time",
            EpisodeEvent.Gone gone => $"Whoever plays {gone.Role} was gone",
            EpisodeEvent.Forked => "It was forked",
            EpisodeEvent.Stopped => "It was stopped",
            EpisodeEvent.CallsAwaited => "A step waits for whoever began it to decide",
            EpisodeEvent.CallsDecided => "The step goes on",
            _ => happened.GetType().Name,
        };
}
