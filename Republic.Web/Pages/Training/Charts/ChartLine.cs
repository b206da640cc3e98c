namespace Republic.Web.Pages.Training.Charts;

/// <param name="Name">At its end; empty for a line that needs no label.</param>
/// <param name="Style">The class that draws it.</param>
public sealed record ChartLine(string Name, string Style, IReadOnlyList<ChartPoint> Points);
