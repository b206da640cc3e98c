using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>The entries of a journal as sentences, without anybody's words: who may read it may not know all that was said.</summary>
internal static class RedactedJournal
{
    public static string Of(IEnumerable<EntryData> entries) => string.Join('\n', entries.Select(Line));

    private static string Line(EntryData entry)
    {
        var moves = entry.Effects.OfType<EpisodeEffect.Enter>().Select(enter => enter.State).ToList();
        var errors = entry
            .Effects.OfType<EpisodeEffect.ConditionErred>()
            .Select(erred => $"; the condition of transition {erred.Index + 1} of {erred.State} counted as false");
        return $"{entry.Event.Seq}. {Happened(entry.Event)}{(moves.Count > 0 ? $"; on to {string.Join(", ", moves)}" : "")}{string.Concat(errors)}";
    }

    private static string Happened(EpisodeEvent happened) =>
        happened switch
        {
            EpisodeEvent.Started => "It was started",
            EpisodeEvent.StepDone done => $"{done.Role} acted",
            EpisodeEvent.PersonActed { InsteadOf: true } acted => $"{acted.Role} was given other words",
            EpisodeEvent.PersonActed acted => $"{acted.Role} acted",
            EpisodeEvent.StepFailed => "A step failed",
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
            _ => happened.GetType().Name,
        };
}
