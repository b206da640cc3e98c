namespace Republic.Web.Pages.Charts;

/// <summary>What a series is drawn with.</summary>
public enum LegendShape
{
    Line,
    Bar,
    Dot,
}
