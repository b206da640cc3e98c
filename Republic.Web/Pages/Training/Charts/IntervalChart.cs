using System.Globalization;
using Republic.Web.Pages.Charts;

namespace Republic.Web.Pages.Training.Charts;

/// <summary>A gain with the interval it lies in, against no change; what lies left of that is worse.</summary>
public sealed record IntervalChart(double Gain, double Low, double High, string Unit)
{
    public const double Width = 420;
    public const double Height = 76;
    private const double Edge = 16;

    /// <summary>Round numbers from below the interval and 0 to above both; no change at all stands in the middle.</summary>
    public IReadOnlyList<double> Ticks { get; } =
        Axis.Around(AxisUnit.Number, (Low, High) is (0, 0) ? [-1, 1] : [Low, High, 0, -Math.Max(Math.Abs(Low), Math.Abs(High)) / 3]).Ticks;

    /// <summary>Of the chart beside a figure, where there is little room.</summary>
    public const double SmallWidth = 180;

    /// <param name="x">A place in the wide chart.</param>
    public static double Small(double x) => x * SmallWidth / Width;

    public double X(double value) => Edge + ((Width - (2 * Edge)) * (value - Ticks[0]) / (Ticks[^1] - Ticks[0]));

    /// <summary>With its sign, and as many digits as such a number needs: "+11.4", "−0.31".</summary>
    public static string Signed(double value)
    {
        var text = Math.Abs(value).ToString(Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
        return value < 0 ? $"−{text}" : $"+{text}";
    }

    /// <summary>The label stands over its point, or beside the words at "no change" where those are near.</summary>
    public string LabelAnchor =>
        Math.Abs(X(Gain) - X(0)) > 40 ? "middle"
        : Gain < 0 ? "end"
        : "start";

    public bool HoldsNoChange => Low <= 0 && High >= 0;

    public string Description =>
        $"Gain of {Signed(Gain)} {Unit}, interval from {Signed(Low)} to {Signed(High)}. No change is {(HoldsNoChange ? "inside" : "outside")}.";

    internal static string Tick(double value) =>
        value == 0 ? "0" : $"{(value < 0 ? "−" : "+")}{Math.Abs(value).ToString("0.###", CultureInfo.InvariantCulture)}";
}
