using System.Globalization;
using Republic.Core.Times;

namespace Republic.Tests.Unit;

public sealed class ScheduleTimeTests
{
    [Theory]
    // Berlin is an hour ahead in winter and two in summer; the clock on the wall stays.
    [InlineData("2026-01-07T00:00Z", "2026-01-11T02:00Z")]
    [InlineData("2026-07-08T00:00Z", "2026-07-12T01:00Z")]
    // The moment itself is over; the next is a week later.
    [InlineData("2026-07-12T01:00Z", "2026-07-19T01:00Z")]
    [InlineData("2026-07-12T00:59Z", "2026-07-12T01:00Z")]
    // Across the change, 167 and 169 hours apart.
    [InlineData("2026-03-22T02:00Z", "2026-03-29T01:00Z")]
    [InlineData("2026-10-18T01:00Z", "2026-10-25T02:00Z")]
    public void Sundays_at_three_in_berlin(string after, string next) => Assert.Equal(At(next), Berlin("03:00").Next(At(after)).At);

    [Fact]
    public void A_time_that_the_clocks_skip_is_the_moment_after_the_gap() =>
        Assert.Equal(At("2026-03-29T01:00Z"), Berlin("02:30").Next(At("2026-03-28T12:00Z")).At);

    [Fact]
    public void A_time_that_comes_twice_is_kept_once()
    {
        var first = Berlin("02:30").Next(At("2026-10-24T12:00Z")).At;
        Assert.Equal(At("2026-10-25T00:30Z"), first);
        Assert.Equal(At("2026-11-01T01:30Z"), Berlin("02:30").Next(first).At);
    }

    [Fact]
    public void Hours_that_pass_midnight_close_on_the_next_day()
    {
        var nightly = new ScheduleTime(null, new TimeOnly(22, 0), new TimeOnly(5, 0), "America/New_York");
        Assert.Equal((At("2026-07-02T02:00Z"), At("2026-07-02T09:00Z")), nightly.Next(At("2026-07-01T12:00Z")));
        Assert.Equal(At("2026-07-03T02:00Z"), nightly.Next(At("2026-07-02T03:00Z")).At);
    }

    [Fact]
    public void Every_moment_of_a_year_has_a_next_time_within_a_week_and_an_hour()
    {
        foreach (var zone in new[] { "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "UTC" })
        {
            var time = new ScheduleTime(DayOfWeek.Sunday, new TimeOnly(0, 15), null, zone);
            var next = At("2026-01-01T00:00Z");
            for (var i = 0; i < 52; i++)
            {
                var after = time.Next(next).At;
                Assert.InRange(after - next, i == 0 ? TimeSpan.Zero : TimeSpan.FromHours(167), TimeSpan.FromHours(169));
                next = after;
            }
        }
    }

    private static ScheduleTime Berlin(string at) =>
        new(DayOfWeek.Sunday, TimeOnly.Parse(at, CultureInfo.InvariantCulture), null, "Europe/Berlin");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
