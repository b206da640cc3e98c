using System.Globalization;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Reading;

namespace Republic.Web.Pages.Episodes.Stage;

/// <summary>A timeline drawn as a line from turn to turn, beside those that it was forked from.</summary>
/// <param name="Path">The line, in SVG; null where nobody has acted yet.</param>
/// <param name="Dots">Where its own turns are, from left to right; empty where they are too many to be told apart.</param>
/// <param name="Now">Where it goes on; null where it is over.</param>
public sealed record TimelineTrack(TimelineCard Card, string Name, string? Path, IReadOnlyList<string> Dots, string? Now)
{
    /// <summary>Of the drawing, in its own units.</summary>
    public const int Width = 250;

    private const double Left = 8;
    private const double WidestGap = 30;

    /// <summary>Dots that are closer run into each other.</summary>
    private const double NarrowestGap = 11;

    /// <param name="timelines">The oldest first.</param>
    public static IReadOnlyList<TimelineTrack> Of(IReadOnlyList<TimelineCard> timelines)
    {
        var most = Math.Max(timelines.Max(timeline => timeline.Turn), 1);
        var gap = Math.Min(WidestGap, (Width - (2 * Left)) / most);
        return [.. timelines.Select((timeline, i) => Of(timeline, NameOf(i), gap))];
    }

    /// <param name="index">Of the timeline among all, from 0.</param>
    public static string NameOf(int index) => index == 0 ? "First" : $"Fork {index}";

    private static TimelineTrack Of(TimelineCard card, string name, double gap)
    {
        var shared = card.ForkedTurn ?? 0;
        var isOver = card.Status != EpisodeStatus.Running;
        var end = X(isOver ? card.Turn : card.Turn + 1);
        var path =
            card.ParentId is null ? (end > Left ? $"M{Number(Left)} 10H{Number(end)}" : null)
            : end > X(shared) ? Branch(X(Math.Max(shared, 1)), end)
            : null;
        var dots = gap < NarrowestGap ? [] : Enumerable.Range(shared + 1, Math.Max(card.Turn - shared, 0)).Select(turn => Number(X(turn)));
        return new TimelineTrack(card, name, path, [.. dots], isOver ? null : Number(end));

        double X(int turn) => Left + (Math.Max(turn - 1, 0) * gap);
    }

    /// <summary>Down from the line above it, and to the right.</summary>
    private static string Branch(double from, double to)
    {
        var bend = Math.Min(from + 8, Math.Max(to, from));
        return $"M{Number(from)} -14V2Q{Number(from)} 10 {Number(bend)} 10H{Number(Math.Max(to, bend))}";
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
