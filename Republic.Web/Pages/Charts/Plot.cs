using System.Globalization;

namespace Republic.Web.Pages.Charts;

/// <summary>
/// A chart as it is drawn: across in per cent of the width, down in pixels. So it takes the width there is, and its letters and lines
/// stay as large as they are.
/// </summary>
/// <param name="Name">What a screen reader says of it.</param>
public sealed record Plot(string Name, Axis Axis)
{
    private const double Tall = 176;
    private const double Flat = 24;

    /// <summary>One among thousands is still seen.</summary>
    private const double LeastBar = 1.5;

    public double Height => Axis.IsFlat ? Flat : Tall;

    public IReadOnlyList<PlotLabel> Along { get; init; } = [];

    public IReadOnlyList<PlotSlot> Slots { get; init; } = [];

    public IReadOnlyList<PlotBar> Bars { get; init; } = [];

    public IReadOnlyList<PlotLine> Lines { get; init; } = [];

    public IReadOnlyList<PlotDot> Dots { get; init; } = [];

    public IReadOnlyList<LineLabel> Labels { get; init; } = [];

    /// <summary>From where on the axis is still to come; null when nothing is.</summary>
    public double? Future { get; init; }

    public double Y(double value) => Height * (1 - Axis.At(value));

    public double BarHeight(double value) => value <= 0 ? 0 : Math.Max(LeastBar, Height * Axis.At(value));

    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
