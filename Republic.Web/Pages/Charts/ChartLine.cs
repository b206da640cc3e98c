namespace Republic.Web.Pages.Charts;

/// <param name="Name">At its last point.</param>
/// <param name="Series">Which of the chart's series it is, from 0.</param>
public sealed record ChartLine(string Name, int Series, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>The raw values behind a line: thin, and without a name.</summary>
    public bool IsFaint { get; init; }
}
