using System.Globalization;
using System.Text;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Charts;

/// <summary>Lines over steps as the server draws them: what stands there without JavaScript, on paper, and beside other runs.</summary>
/// <param name="LastX">To where the axis goes; beyond the last point is what is still to come.</param>
public sealed record LineChart(string Finding, IReadOnlyList<ChartLine> Lines, double LastX)
{
    private const int MostPoints = 400;

    /// <summary>Values are shares of something, and the axis shows all of it.</summary>
    public bool IsShare { get; init; }

    /// <summary>Where the axis begins.</summary>
    public double FirstX { get; init; }

    /// <summary>What is counted along the axis.</summary>
    public required string Along { get; init; }

    private readonly Axis values = Axis.Around(AxisUnit.Number, Lines.SelectMany(line => line.Points).Select(point => point.Y));

    private Axis Scale => IsShare ? Axis.OfShares : values;

    public Plot Plot
    {
        get
        {
            var plot = new Plot(Finding, Scale);
            var named = Lines.Where(line => !line.IsFaint && line.Points.Count > 0).ToList();
            return plot with
            {
                Along = Labels(),
                Future = Future,
                Lines =
                [
                    .. Lines.Select(line => new PlotLine(
                        line.IsFaint ? $"{Series.Line(line.Series)} ln-faint" : Series.Line(line.Series),
                        Path(plot, line)
                    )),
                ],
                Dots = named.ConvertAll(line => new PlotDot(X(line.Points[^1].X), plot.Y(line.Points[^1].Y), Series.Dot(line.Series))),
                Labels = LineLabel.Apart(LastValues(plot, named), plot.Height),
            };
        }
    }

    /// <summary>Whole steps, about six.</summary>
    public IReadOnlyList<double> Steps
    {
        get
        {
            var step = Math.Max(1, Axis.Round(LastX / 6));
            return [.. Enumerable.Range(0, (int)(LastX / step) + 1).Select(i => i * step).Where(x => x >= FirstX)];
        }
    }

    /// <summary>From where on nothing has happened yet; null when all has.</summary>
    public double? Future =>
        Lines.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty().Max() is var last && last < LastX ? X(last) : null;

    /// <summary>In per cent of the width.</summary>
    public double X(double step) => 100 * (step - FirstX) / Math.Max(1, LastX - FirstX);

    private IReadOnlyList<PlotLabel> Labels() =>
        [.. Steps.Select((step, i) => new PlotLabel(X(step), i == 0 ? $"{Along} {Figures.Short(step)}" : Figures.Short(step), i % 2 == 1))];

    /// <summary>Lines that stop in one point share their label.</summary>
    private IEnumerable<LineLabel> LastValues(Plot plot, IEnumerable<ChartLine> named) =>
        named
            .GroupBy(line => line.Points[^1])
            .Select(lines => new LineLabel(
                X(lines.Key.X),
                plot.Y(lines.Key.Y),
                $"{(IsShare ? Scale.Text(lines.Key.Y) : Figures.Loss(lines.Key.Y))} {string.Join(", ", lines.Select(line => line.Name))}"
            ));

    /// <summary>Of many points only some are drawn: a screen has no pixels for more.</summary>
    private string Path(Plot plot, ChartLine line)
    {
        var path = new StringBuilder();
        var every = Math.Max(1, line.Points.Count / MostPoints);
        for (var i = 0; i < line.Points.Count; i++)
        {
            if (i % every != 0 && i != line.Points.Count - 1)
            {
                continue;
            }

            var (x, y) = (X(line.Points[i].X), plot.Y(line.Points[i].Y));
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.##} {y:0.##}");
        }

        return path.ToString();
    }
}
