using System.Globalization;

namespace Republic.Web.Pages.Charts;

/// <summary>The days along the foot of a chart, of equal width, in per cent of the whole.</summary>
public sealed record DayAxis(DateOnly From, DateOnly To)
{
    private const int MostLabels = 6;

    public int Days => To.DayNumber - From.DayNumber + 1;

    public double Slot => 100.0 / Days;

    /// <summary>The last day has a label, and so have days at equal distances before it; every second one only where there is space.</summary>
    public IReadOnlyList<PlotLabel> Labels
    {
        get
        {
            var every = Math.Max(1, (int)Math.Ceiling((Days - 1) / (MostLabels - 1.0)));
            return
            [
                .. Enumerable
                    .Range(0, ((Days - 1) / every) + 1)
                    .Reverse()
                    .Select(back => new PlotLabel(Middle(Days - 1 - (back * every)), Name(Days - 1 - (back * every)), back % 2 == 1)),
            ];
        }
    }

    public int DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber - From.DayNumber;

    public bool Holds(DateTimeOffset at) => DayOf(at) is var day && day >= 0 && day < Days;

    public double Start(int day) => Slot * day;

    public double Middle(int day) => Slot * (day + 0.5);

    /// <summary>A moment in per cent of the width, the time of day counted.</summary>
    public double X(DateTimeOffset at) => Slot * (DayOf(at) + at.UtcDateTime.TimeOfDay.TotalDays);

    private string Name(int day) => From.AddDays(day).ToString("d MMM", CultureInfo.InvariantCulture);
}
