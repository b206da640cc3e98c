namespace Republic.Web.Pages.Charts;

/// <summary>The marks of a chart over days.</summary>
public enum ChartKind
{
    /// <summary>Sums of a day, one series on the other; a day without a row had none.</summary>
    Bars,

    /// <summary>Figures of a day; one without a row is a gap.</summary>
    Lines,

    /// <summary>Two figures at a moment of their own, before and after.</summary>
    Dots,
}
