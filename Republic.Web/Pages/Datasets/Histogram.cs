using Republic.Core.Datasets.Refining;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

/// <summary>A histogram as the page draws it; the same figures stand in a table below.</summary>
/// <param name="Finding">The title, which says what it shows.</param>
/// <param name="Unit">What the values are: "tokens".</param>
public sealed record Histogram(string Id, string Finding, string Unit, IReadOnlyList<HistogramBin> Bars)
{
    private const int MostLabels = 6;
    private const double ShareOfSlot = 0.92;

    public Plot Plot
    {
        get
        {
            var plot = new Plot(Finding, Axis.FromZero(AxisUnit.Count, Bars.Select(bar => (double)bar.Count)));
            return plot with
            {
                Along = Labels(),
                Bars =
                [
                    .. Bars.Select((bar, i) => (Height: plot.BarHeight(bar.Count), X: Slot * i))
                        .Where(bar => bar.Height > 0)
                        .Select(bar => new PlotBar(bar.X, Slot * ShareOfSlot, plot.Height - bar.Height, bar.Height, Series.Bar(0))),
                ],
                Slots =
                [
                    .. Bars.Select((bar, i) => new PlotSlot(Slot * i, Slot, $"{Range(bar)} {Unit}: {Figures.Count(bar.Count, "row")}")),
                ],
            };
        }
    }

    private double Slot => 100.0 / Math.Max(1, Bars.Count);

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

    /// <summary>The first value of bars at equal distances, few enough to be read.</summary>
    private IReadOnlyList<PlotLabel> Labels()
    {
        var every = Math.Max(1, (int)Math.Ceiling(Bars.Count / (double)MostLabels));
        return
        [
            .. Bars.Where((_, i) => i % every == 0)
                .Select(
                    (bar, i) =>
                        new PlotLabel(Slot * every * i, bar.From < 10 ? Figures.Number(bar.From) : Figures.Short(bar.From), i % 2 == 1)
                ),
        ];
    }
}
