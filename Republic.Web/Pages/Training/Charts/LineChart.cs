using System.Globalization;
using System.Text;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Charts;

/// <summary>Lines over steps as the server draws them: what stands there without JavaScript, on paper, and beside other runs.</summary>
/// <param name="LastX">To where the axis goes; beyond the last point is what is still to come.</param>
public sealed record LineChart(string Id, string Finding, IReadOnlyList<ChartLine> Lines, double LastX)
{
    public const double Width = 720;
    public const double Height = 250;
    public const double Left = 40;
    public const double Right = 12;
    public const double Top = 12;
    public const double Base = 222;
    private const int MostPoints = 400;
    private const double LabelHeight = 14;
    private static readonly double[] Quarters = [0, 0.25, 0.5, 0.75, 1];
    private static readonly int[] RoundDigits = [1, 2, 5, 10];

    /// <summary>Values are shares of something, and the axis shows all of it.</summary>
    public bool IsShare { get; init; }

    /// <summary>Where the axis begins.</summary>
    public double FirstX { get; init; }

    /// <summary>What is counted along the axis; empty where it says itself.</summary>
    public string Along { get; init; } = "";

    private readonly IReadOnlyList<double> round = TicksOf([.. Lines.SelectMany(line => line.Points).Select(point => point.Y)]);

    private double Highest => Ticks[^1];

    private double Lowest => Ticks[0];

    /// <summary>Round numbers that hold all points between them.</summary>
    public IReadOnlyList<double> Ticks => IsShare ? Quarters : round;

    /// <summary>Whole steps, about six.</summary>
    public IReadOnlyList<double> Steps
    {
        get
        {
            var step = Math.Max(1, Round(LastX / 6));
            return [.. Enumerable.Range(0, (int)(LastX / step) + 1).Select(i => i * step).Where(x => x >= FirstX)];
        }
    }

    /// <summary>Where what is still to come begins; null when nothing is.</summary>
    public double? Future =>
        Lines.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty().Max() is var last && last < LastX ? X(last) : null;

    public double X(double step) => Left + ((Width - Left - Right) * (step - FirstX) / Math.Max(1, LastX - FirstX));

    public double Y(double value) => Base - ((Base - Top) * (value - Lowest) / Math.Max(1e-9, Highest - Lowest));

    /// <summary>Of many points only some are drawn: a screen has no more room.</summary>
    public string Path(ChartLine line)
    {
        var path = new StringBuilder();
        var every = Math.Max(1, line.Points.Count / MostPoints);
        for (var i = 0; i < line.Points.Count; i++)
        {
            if (i % every != 0 && i != line.Points.Count - 1)
            {
                continue;
            }

            var (x, y) = (X(line.Points[i].X), Y(line.Points[i].Y));
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }

        return path.ToString();
    }

    /// <summary>The last value of each line that has a name, none over another; lines that end in one point share theirs.</summary>
    public IEnumerable<(double X, double Y, string Text, bool IsLeft)> Labels()
    {
        var last = double.NegativeInfinity;
        foreach (
            var lines in Lines
                .Where(line => line.Name.Length > 0 && line.Points.Count > 0)
                .GroupBy(line => line.Points[^1])
                .OrderBy(lines => Y(lines.Key.Y))
        )
        {
            var end = lines.Key;
            var y = last = Math.Max(Y(end.Y) - 6, last + LabelHeight);
            var isLeft = X(end.X) > Width * 0.75;
            var names = string.Join(", ", lines.Select(line => line.Name));
            yield return (X(end.X) + (isLeft ? -4 : 8), y, $"{(IsShare ? Tick(end.Y) : Text(end.Y))} {names}", isLeft);
        }
    }

    /// <summary>A loss: two digits, and more for small ones.</summary>
    public static string Text(double value) => value.ToString(Math.Abs(value) < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>A value as the axis names it.</summary>
    public string Tick(double value) => IsShare ? $"{(value * 100).ToString("0", CultureInfo.InvariantCulture)} %" : Figures.Number(value);

    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    internal static IReadOnlyList<double> TicksOf(IReadOnlyList<double> values)
    {
        var (low, high) = values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        var step = Round(Math.Max(high - low, Math.Max(Math.Abs(high) * 0.05, 1e-6)) / 4);
        var (first, last) = (Math.Floor(low / step), Math.Ceiling(high / step));
        return [.. Enumerable.Range(0, (int)(Math.Max(last, first + 1) - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>1, 2 or 5 times a power of ten, not below the number.</summary>
    internal static double Round(double number)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        return RoundDigits.Select(digit => digit * power).First(round => round >= number * 0.999);
    }
}
