using Republic.Web.Cli.Remote;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Episodes;

/// <summary>The output of <c>republic episodes</c>: a table with one line for each episode.</summary>
internal static class EpisodeTable
{
    /// <param name="width">The width of the terminal in characters; 0 cuts no name.</param>
    public static string Of(IReadOnlyList<RemoteEpisode> episodes, int width) =>
        FittedTable.Of<RemoteEpisode>(
            episodes,
            [
                ("Episode", episode => RemoteText.OneLine(episode.Id)),
                ("Status", episode => episode.Standing),
                ("Steps", episode => episode.Turn is { } turn ? Figures.Count(turn) : ""),
            ],
            ("Scenario", episode => episode.Name),
            width
        );
}
