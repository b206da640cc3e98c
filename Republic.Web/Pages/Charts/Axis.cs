using System.Globalization;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Charts;

/// <summary>The values along the side of a chart: 1, 2 or 5 times a power of ten apart.</summary>
public sealed record Axis(AxisUnit Unit, IReadOnlyList<double> Ticks)
{
    /// <summary>About as many steps as there are between the lowest value and the highest.</summary>
    private const int Steps = 4;

    /// <summary>A rounding error of floating point, which must not add a tick or a digit.</summary>
    private const double Slack = 1e-9;
    private const double LeastSpread = 1e-9;
    private const int FewestShort = 10_000;
    private static readonly int[] RoundDigits = [1, 2, 5, 10];

    /// <summary>All of the whole, whatever the values are.</summary>
    public static Axis OfShares { get; } = new(AxisUnit.Share, [0, 0.25, 0.5, 0.75, 1]);

    public double Lowest => Ticks[0];

    public double Highest => Ticks[^1];

    /// <summary>All values are 0, and there is no scale to measure them by.</summary>
    public bool IsFlat => Ticks.Count == 1;

    /// <summary>For bars, whose length is the value.</summary>
    public static Axis FromZero(AxisUnit unit, IEnumerable<double> values)
    {
        var highest = values.Where(double.IsFinite).DefaultIfEmpty().Max();
        return highest <= 0 ? new Axis(unit, [0]) : Between(unit, 0, highest);
    }

    /// <summary>For points, whose distance is what is seen.</summary>
    public static Axis Around(AxisUnit unit, IEnumerable<double> values)
    {
        var known = values.Where(double.IsFinite).ToList();
        return known.TrueForAll(value => value == 0) ? new Axis(unit, [0]) : Between(unit, known.Min(), known.Max());
    }

    /// <summary>1, 2 or 5 times a power of ten, not below the number.</summary>
    public static double Round(double number)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(number)));
        return RoundDigits.Select(digit => digit * power).First(round => round >= number * 0.999);
    }

    /// <summary>As a share of the height: 0 at the foot, 1 at the top.</summary>
    public double At(double value) => IsFlat ? 0 : (value - Lowest) / (Highest - Lowest);

    public string Text(double value) =>
        Unit switch
        {
            AxisUnit.Share => $"{(value * 100).ToString("0", CultureInfo.InvariantCulture)} %",
            AxisUnit.Dollars => value == 0 ? "$0" : $"${Digits(value, Decimals == 1 ? 2 : Decimals)}",
            AxisUnit.Seconds => $"{Digits(value, Decimals)} s",
            _ => Digits(value, Decimals),
        };

    /// <summary>As many digits behind the point as tell one tick from the next.</summary>
    private int Decimals => IsFlat ? 0 : Math.Max(0, (int)Math.Ceiling(-Math.Log10(Ticks[1] - Ticks[0]) - Slack));

    private static Axis Between(AxisUnit unit, double low, double high)
    {
        var spread = Math.Max(high - low, Math.Max(Math.Abs(low), Math.Abs(high)) * 0.05);
        var step = Round(Math.Max(spread, LeastSpread) / Steps);
        if (unit == AxisUnit.Count)
        {
            step = Math.Max(1, step);
        }

        var (first, last) = (Math.Floor((low / step) + Slack), Math.Ceiling((high / step) - Slack));
        return new(unit, [.. Enumerable.Range(0, (int)(Math.Max(last, first + 1) - first) + 1).Select(i => (first + i) * step)]);
    }

    private static string Digits(double value, int decimals) =>
        Math.Abs(value) >= FewestShort
            ? Figures.Short(value)
            : value.ToString($"N{decimals.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
}
