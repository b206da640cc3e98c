using Republic.Core.Episodes;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Episodes;

/// <summary>Where an episode stands, in plain words.</summary>
internal static class EpisodeWords
{
    public static string Standing(EpisodeCard card) =>
        card.WaitsForMe ? "Waits for you" : Standing(card.Status, card.Wait, card.Result, card.StartedAt is not null);

    public static string Standing(TimelineCard card, DateTimeOffset? startedAt) =>
        Standing(card.Status, card.Wait, card.Result, startedAt is not null);

    private static string Standing(EpisodeStatus status, EpisodeWait? wait, EndResult? result, bool isStarted) =>
        (status, wait) switch
        {
            (EpisodeStatus.Completed, _) => $"Ended: {Result(result)}",
            (EpisodeStatus.Terminated, _) => "Stopped",
            (_, null) => "Minions act",
            (_, EpisodeWait.Person) => "Waits for a person",
            (_, EpisodeWait.Choice) => "Waits for a choice",
            (_, EpisodeWait.Limit) => "Waits at a limit",
            (_, EpisodeWait.Stuck) => "Cannot go on",
            _ => isStarted ? "Paused" : "Not started",
        };

    public static string Tone(EpisodeCard card) =>
        card.WaitsForMe ? "warn"
        : card.Status == EpisodeStatus.Terminated ? "bad"
        : card.Status == EpisodeStatus.Completed ? (card.Result == EndResult.Failure ? "bad" : "good")
        : card.Wait is null ? "good"
        : "outline";

    public static string Result(EndResult? result) =>
        result switch
        {
            EndResult.Success => "success",
            EndResult.Failure => "failure",
            _ => "neutral",
        };

    /// <summary>The roles that got to know something, out of all.</summary>
    public static string Audience(IReadOnlyCollection<string> audience, IReadOnlyCollection<string> roles) =>
        audience.Count == 0 ? "to nobody"
        : audience.Count >= roles.Count ? "to everybody"
        : audience.Count == 1 ? $"to {ElementName.Of(audience.First())} alone"
        : $"to {Names(audience)}";

    public static string Names(IEnumerable<string> roles)
    {
        var names = roles.Select(ElementName.Of).ToList();
        return names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
