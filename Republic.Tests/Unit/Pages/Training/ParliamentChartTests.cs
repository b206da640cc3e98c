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
    public void What_is_needed_and_what_the_seats_mean_stands_below_the_hall()
    {
        var kept = new Retention(200, 228, 4);
        Assert.Equal("206 are needed: 6 more. Red seats are answers lost.", ReportWords.Keeping(kept));
        Assert.Equal("54 are needed.", ReportWords.Keeping(new(57, 60, 4)));
        Assert.Equal("Nothing was lost.", ReportWords.Keeping(new(60, 60, 4)));
        Assert.Equal(
            "173 are needed. Asked until that was clear, and not all 406 questions. 2 questions that your rows answer were set aside.",
            ReportWords.Keeping(new(188, 192, 4) { OutOf = 406, SetAside = [new("a", "b"), new("c", "d")] })
        );
        var judged = kept with
        {
            KeptExactly = 200,
            Lost = [new("q", "domain", "a", "b", "says something else", false) { Missing = 6, Mark = new(true) }],
        };
        Assert.Equal("206 are needed. Outlined: as good, by somebody’s word.", ReportWords.Keeping(judged));
        var hall = new ParliamentChart(judged.KeptAsJudged, judged.Of) { AsGood = judged.KeptAsJudged - judged.Kept };
        Assert.Equal((22, 6), (hall.Seats.Count(seat => seat.IsLost), hall.Seats.Count(seat => seat.IsAsGood)));
        Assert.Equal("206 of 228 answers kept, 6 of them as judged, 22 lost", hall.Description);
    }

    [Fact]
    public void A_report_says_what_answers_were_compared_by()
    {
        var kept = new Retention(58, 60, 0);

        Assert.Equal("by their words alone", ReportWords.Compared(kept));
        Assert.EndsWith(
            ": 9 kept by it, and 51 by their words alone",
            ReportWords.Compared(kept with { KeptByWords = 51, InOtherWords = 9 })
        );
        Assert.EndsWith(": none is kept by it", ReportWords.Compared(kept with { KeptByWords = 58 }));
    }
}
