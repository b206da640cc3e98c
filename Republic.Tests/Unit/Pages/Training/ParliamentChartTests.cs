using Republic.Core.Training.Gate;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Tests.Unit.Pages.Training;

public sealed class ParliamentChartTests
{
    [Theory]
    [InlineData(60, 60, 0)]
    [InlineData(57, 60, 3)]
    [InlineData(0, 60, 60)]
    [InlineData(1, 1, 0)]
    [InlineData(7, 8, 1)]
    [InlineData(110, 130, 20)]
    [InlineData(170, 200, 30)]
    [InlineData(380, 411, 31)]
    public void Every_answer_has_a_seat_and_those_that_were_lost_sit_at_the_right(int kept, int of, int lost)
    {
        var seats = new ParliamentChart(kept, of).Seats;

        Assert.Equal((of, lost), (seats.Count, seats.Count(seat => seat.IsLost)));
        Assert.Equal(of, seats.Select(seat => (Math.Round(seat.X, 2), Math.Round(seat.Y, 2))).Distinct().Count());
        Assert.All(seats, seat => Assert.True(seat is { X: >= 17 and <= 243, Y: >= 5 and <= 118.01 }, $"{seat}"));
        if (kept > 0 && lost > 0)
        {
            Assert.True(
                seats.Where(seat => seat.IsLost).Average(seat => seat.X) > seats.Where(seat => !seat.IsLost).Average(seat => seat.X)
            );
        }
    }

    [Theory]
    [InlineData(5, 4.6, 2)]
    [InlineData(60, 4.6, 2)]
    [InlineData(200, 2.5, 1.2)]
    [InlineData(411, 2, 1)]
    public void Seats_are_as_large_as_fits_and_never_touch(int of, double radius, double ring)
    {
        var hall = new ParliamentChart(of, of);
        var seats = hall.Seats.ToList();
        var nearest = seats.SelectMany((one, i) => seats.Skip(i + 1).Select(other => double.Hypot(one.X - other.X, one.Y - other.Y))).Min();

        Assert.True(hall.SeatRadius >= radius && hall.RingWidth >= ring, $"{hall.SeatRadius}, {hall.RingWidth}");
        Assert.True(nearest > 2 * hall.SeatRadius, $"{nearest} of {hall.SeatRadius}");
    }

    [Fact]
    public void The_last_seats_at_the_right_end_are_the_outer_ones_of_the_lowest_line() =>
        Assert.Equal(
            [210.0, 224.0, 238.0],
            new ParliamentChart(57, 60).Seats.Where(seat => seat.IsLost).Select(seat => Math.Round(seat.X, 6))
        );

    [Fact]
    public void What_equal_runs_keep_stands_below_the_hall()
    {
        Assert.Equal(
            "Asked again, the version before keeps at least 56 of 60, so 57 is within noise.",
            ReportWords.Keeping(new(57, 60, 4))
        );
        Assert.Equal("Asked again, the version before keeps at least 56 of 60.", ReportWords.Keeping(new(60, 60, 4)));
        Assert.Equal(
            "Asked again, the version before keeps at least 56 of 60. At least 54 are needed.",
            ReportWords.Keeping(new(31, 60, 4))
        );
        Assert.Equal(
            "Asked again, the version before keeps at least 50 of 60. At least 54 are needed.",
            ReportWords.Keeping(new(53, 60, 10))
        );
        Assert.Equal("Asked again, the version before keeps all 60. At least 54 are needed.", ReportWords.Keeping(new(58, 60, 0)));
        Assert.Equal(
            "Asked again, the version before keeps all 60. At least 55 are needed. By their words alone 51 are kept.",
            ReportWords.Keeping(new(58, 60, 0) { KeptByWords = 51, InOtherWords = 9 })
        );
        Assert.Equal(
            "Asked again, the version before keeps all 60. At least 55 are needed.",
            ReportWords.Keeping(new(58, 60, 0) { KeptByWords = 58 })
        );
    }

    [Fact]
    public void A_report_says_what_answers_were_compared_by()
    {
        var kept = new Retention(58, 60, 0);

        Assert.Equal("by their words alone", ReportWords.Compared(kept));
        Assert.EndsWith(": 9 kept by it", ReportWords.Compared(kept with { KeptByWords = 51, InOtherWords = 9 }));
        Assert.EndsWith(": none is kept by it", ReportWords.Compared(kept with { KeptByWords = 58 }));
    }
}
