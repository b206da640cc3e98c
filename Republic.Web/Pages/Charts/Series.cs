namespace Republic.Web.Pages.Charts;

/// <summary>How the series of a chart differ: by colour, and by what is seen without it.</summary>
public static class Series
{
    /// <summary>More of them nobody tells apart.</summary>
    public const int Most = 3;

    public static string Line(int series) => Style("ln", series);

    public static string Bar(int series) => Style("col", series);

    public static string Dot(int series) => Style("dot", series);

    private static string Style(string mark, int series) =>
        series == 0 ? mark : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{mark} {mark}-{series + 1}");
}
