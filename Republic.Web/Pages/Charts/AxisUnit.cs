namespace Republic.Web.Pages.Charts;

/// <summary>What the values of a chart are, and so how its axis counts and writes them.</summary>
public enum AxisUnit
{
    Number,

    /// <summary>Things that are whole: an axis of them has no halves.</summary>
    Count,
    Dollars,
    Seconds,

    /// <summary>From 0 to 1, written in per cent.</summary>
    Share,
}
