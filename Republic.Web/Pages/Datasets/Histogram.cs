using Republic.Core.Datasets.Refining;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

/// <summary>A histogram as the page draws it; the same figures stand in a table below.</summary>
/// <param name="Finding">The title, which says what it shows.</param>
/// <param name="Unit">What the values are: "tokens".</param>
public sealed record Histogram(string Id, string Finding, string Unit, IReadOnlyList<HistogramBin> Bars)
{
    private const double Left = 44;
    private const double Top = 14;

    public const double Width = 640;
    public const double Height = 190;
    public const double Base = 164;
    public const double Right = 8;

    private double Step => (Width - Left - Right) / Math.Max(1, Bars.Count);

    public double X(int bar) => Left + bar * Step;

    public double BarWidth => Math.Max(1, Step - 2);

    public double BarHeight(long count) => count == 0 ? 0 : Math.Max(1.5, (Base - Top) * count / Highest);

    /// <summary>Where a line of the grid stands for a count.</summary>
    public double Y(long count) => Base - (Base - Top) * count / Highest;

    public double From => Left;

    /// <summary>A round number that no bar rises above.</summary>
    public long Highest
    {
        get
        {
            var most = Math.Max(1, Bars.Count == 0 ? 1 : Bars.Max(bar => bar.Count));
            var power = (long)Math.Pow(10, Math.Floor(Math.Log10(most)));
            return new[] { power, 2 * power, 5 * power, 10 * power }.First(round => round >= most);
        }
    }

    /// <summary>The counts that have a line: none, half and all.</summary>
    public IEnumerable<long> Grid => Highest == 1 ? [0, 1] : [0, Highest / 2, Highest];

    /// <summary>The bar in which the middle row stands.</summary>
    public static HistogramBin? Middle(IReadOnlyList<HistogramBin> bars)
    {
        var (half, seen) = ((bars.Sum(bar => (long)bar.Count) + 1) / 2, 0L);
        return bars.FirstOrDefault(bar => (seen += bar.Count) >= half && half > 0);
    }

    /// <summary>The values of a bar in words: whole ones as "8 to 15", others as "0.2 to 0.3".</summary>
    public static string Range(HistogramBin bar) =>
        bar.To - bar.From < 1 ? $"{Figures.Number(bar.From)} to {Figures.Number(bar.To)}"
        : bar.To - bar.From == 1 ? Figures.Number(bar.From)
        : $"{Figures.Number(bar.From)} to {Figures.Number(bar.To - 1)}";

    /// <summary>Which bars have their first value written under them: few enough to be read.</summary>
    public bool IsLabelled(int bar) => bar % Math.Max(1, (Bars.Count + 7) / 8) == 0;
}
