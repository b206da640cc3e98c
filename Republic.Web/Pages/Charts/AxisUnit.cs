namespace Republic.Web.Pages.Charts;

/// <summary>The unit of a chart's values: it decides where ticks are and how they are written.</summary>
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
