using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios;
using Republic.Web.Pages.Toasts;

namespace Republic.Web.Pages.Episodes;

/// <summary>What a notification says of a turn: the scenario's name and the role, and nothing of the episode.</summary>
internal static class TurnNotice
{
    /// <summary>Null where it is not the person's turn.</summary>
    public static BrowserNotice? Begun(EpisodeTurn turn) =>
        turn is { Step: { } step, Role: { } role } ? Of(turn, step.ToString(), $"It is your turn as “{ElementName.Of(role)}”.") : null;

    public static BrowserNotice? Missed(EpisodeTurn turn) =>
        turn is { Step: { } step, Role: { } role }
            ? Of(turn, $"missed/{step}", $"Your turn as “{ElementName.Of(role)}” has passed.")
            : null;

    private static BrowserNotice Of(EpisodeTurn turn, string key, string text) =>
        new(key, $"/episodes/{turn.Episode}", turn.Scenario, text);
}
