namespace Republic.Web.Pages.Charts;

/// <summary>The mark of a series in the legend.</summary>
public enum LegendShape
{
    Line,
    Bar,
    Dot,
}
