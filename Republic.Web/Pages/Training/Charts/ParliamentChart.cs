namespace Republic.Web.Pages.Training.Charts;

/// <summary>Answers as the seats of a half circle: those that were kept from the left, those that were lost at the right.</summary>
public sealed record ParliamentChart(int Kept, int Of)
{
    public const double CenterX = 130;
    private const double CenterY = 118;
    private const double Inner = 52;
    private const double Depth = 56;
    private const double LargestSeat = 4.6;
    private const double WidestRing = 2;
    private const int SeatsPerRow = 12;

    /// <summary>More sit in more rows, so that the seats stay large enough to be told apart.</summary>
    private const int MostInFiveRows = 200;

    /// <summary>Of those that were kept, the last so many by somebody's word.</summary>
    public int AsGood { get; init; }

    public double SeatRadius =>
        Math.Min(LargestSeat, 0.42 * Math.PI * (Inner + (Between * (Rows - 1))) / Math.Max(1, SeatsOf(Rows - 1) - 1));

    /// <summary>The line of an empty seat: within its radius, and never all of it.</summary>
    public double RingWidth => Math.Min(WidestRing, 0.5 * SeatRadius);

    public string Description => $"{Kept} of {Of} answers kept, {(AsGood > 0 ? $"{AsGood} of them as judged, " : "")}{Of - Kept} lost";

    /// <summary>From left to right; those at one angle from the inside out.</summary>
    public IReadOnlyList<(double X, double Y, bool IsLost, bool IsAsGood)> Seats =>
        [
            .. Enumerable
                .Range(0, Rows)
                .SelectMany(row => Angles(SeatsOf(row)).Select(angle => (Angle: angle, Radius: RadiusOf(row))))
                // All rows end at the same angles, but for the last digits of their floating point.
                .OrderBy(seat => Math.Round(seat.Angle, 9))
                .ThenBy(seat => seat.Radius)
                .Select(
                    (seat, i) =>
                        (
                            CenterX - (seat.Radius * Math.Cos(seat.Angle)),
                            CenterY - (seat.Radius * Math.Sin(seat.Angle)),
                            i >= Kept,
                            i >= Kept - AsGood && i < Kept
                        )
                ),
        ];

    private int MostRows => Of > MostInFiveRows ? 8 : 5;

    private double Between => Depth / (MostRows - 1);

    /// <summary>Few answers sit in the outer rows alone.</summary>
    private int Rows => Math.Clamp((Of + SeatsPerRow - 1) / SeatsPerRow, 1, MostRows);

    private double RadiusOf(int row) => Inner + (Between * (MostRows - Rows + row));

    /// <summary>As many in each row as its length is of all rows' lengths, so that the seats are equally far apart.</summary>
    private int SeatsOf(int row)
    {
        var lengths = Enumerable.Range(0, Rows).Select(RadiusOf).ToList();
        int UpTo(int rows) => (int)Math.Round(Of * lengths.Take(rows).Sum() / lengths.Sum());
        return UpTo(row + 1) - UpTo(row);
    }

    private static IEnumerable<double> Angles(int seats) =>
        seats == 1 ? [Math.PI / 2] : Enumerable.Range(0, seats).Select(seat => Math.PI * seat / (seats - 1));
}
