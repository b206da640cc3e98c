using System.Globalization;
using Republic.Core.Times;
using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class LocalTimeTests
{
    private static readonly DateTimeOffset Noon = At("2026-11-20T12:00:00Z");

    [Theory]
    [InlineData("2026-11-20T03:41:59Z", "03:41")]
    [InlineData("2026-11-20T00:00:00Z", "00:00")]
    [InlineData("2026-11-20T23:59:00Z", "23:59")]
    [InlineData("2026-11-19T23:04:00Z", "19 Nov, 23:04")]
    [InlineData("2026-11-21T08:00:00Z", "21 Nov, 08:00")]
    [InlineData("2026-01-01T00:00:00Z", "1 Jan, 00:00")]
    [InlineData("2025-12-31T23:59:59Z", "31 Dec 2025")]
    [InlineData("2025-08-02T10:00:00Z", "2 Aug 2025")]
    [InlineData("2027-01-01T00:00:00Z", "1 Jan 2027")]
    public void A_moment_is_as_short_as_its_age_allows(string at, string text) =>
        Assert.Equal(text, new LocalTime(TimeZoneInfo.Utc, Noon).Moment(At(at)));

    [Theory]
    [InlineData("Europe/Zagreb", "2026-11-20T11:30:00Z", "12:30")]
    [InlineData("Europe/Zagreb", "2026-11-19T23:30:00Z", "00:30")]
    [InlineData("Asia/Kolkata", "2026-11-20T06:00:00Z", "11:30")]
    [InlineData("America/New_York", "2026-11-20T04:59:00Z", "19 Nov, 23:59")]
    [InlineData("America/New_York", "2026-01-01T04:59:00Z", "31 Dec 2025")]
    // In July, it is summer in one of them and winter in the other.
    [InlineData("Europe/Zagreb", "2026-07-01T10:00:00Z", "1 Jul, 12:00")]
    [InlineData("America/Santiago", "2026-07-01T10:00:00Z", "1 Jul, 06:00")]
    // The hour that comes twice, and the one that does not come.
    [InlineData("Europe/Zagreb", "2026-10-25T00:30:00Z", "25 Oct, 02:30")]
    [InlineData("Europe/Zagreb", "2026-10-25T01:30:00Z", "25 Oct, 02:30")]
    [InlineData("Europe/Zagreb", "2026-03-29T00:59:00Z", "29 Mar, 01:59")]
    [InlineData("Europe/Zagreb", "2026-03-29T01:00:00Z", "29 Mar, 03:00")]
    public void Day_and_hour_are_those_of_the_zone(string zone, string at, string text) => Assert.Equal(text, Of(zone).Moment(At(at)));

    [Fact]
    public void Today_is_that_of_the_zone()
    {
        var late = At("2026-12-31T23:30:00Z");

        Assert.Equal(new DateOnly(2027, 1, 1), new LocalTime(TimeZoneNames.Find("Europe/Zagreb"), late).Today);
        Assert.Equal("31 Dec 2026", new LocalTime(TimeZoneNames.Find("Europe/Zagreb"), late).Moment(At("2026-12-31T22:00:00Z")));
        Assert.Equal(new DateOnly(2026, 12, 31), new LocalTime(null, late).Today);
    }

    [Fact]
    public void Without_a_zone_it_is_UTC_and_says_so()
    {
        var time = new LocalTime(null, Noon);

        Assert.Equal("03:41 UTC", time.Moment(At("2026-11-20T03:41:00Z")));
        Assert.Equal("19 Nov, 23:04 UTC", time.Moment(At("2026-11-19T23:04:00Z")));
        Assert.Equal("2 Aug 2025", time.Moment(At("2025-08-02T10:00:00Z")));
        Assert.Equal("03:41:07 UTC", time.Clock(At("2026-11-20T03:41:07Z")));
        Assert.Equal("Friday 20 November 2026, 03:41 UTC", time.Full(At("2026-11-20T03:41:00Z")));
    }

    [Fact]
    public void In_full_it_names_the_zone_and_its_offset_on_that_day()
    {
        Assert.Equal("Friday 20 November 2026, 04:41, Europe/Zagreb (UTC+01:00)", Of("Europe/Zagreb").Full(At("2026-11-20T03:41:00Z")));
        Assert.Equal("Wednesday 1 July 2026, 05:41, Europe/Zagreb (UTC+02:00)", Of("Europe/Zagreb").Full(At("2026-07-01T03:41:00Z")));
        Assert.Equal("Wednesday 1 July 2026, 03:41 UTC", Of("UTC").Full(At("2026-07-01T03:41:00Z")));
        Assert.Equal("04:41:07", Of("Europe/Zagreb").Clock(At("2026-11-20T03:41:07Z")));
    }

    [Theory]
    [InlineData("2026-11-20T12:00:01Z", "just now")]
    [InlineData("2026-11-20T11:59:01Z", "just now")]
    [InlineData("2026-11-20T11:58:00Z", "2 min ago")]
    [InlineData("2026-11-20T11:00:01Z", "59 min ago")]
    [InlineData("2026-11-20T11:00:00Z", "12:00")]
    [InlineData("2026-11-18T11:00:00Z", "18 Nov, 12:00")]
    public void Who_was_seen_within_the_hour_was_seen_minutes_ago(string at, string text) =>
        Assert.Equal(text, Of("Europe/Zagreb").Ago(At(at)));

    [Fact]
    public void A_day_has_its_year_unless_that_is_this_one()
    {
        Assert.Equal("21 Nov", Of("UTC").Day(new DateOnly(2026, 11, 21)));
        Assert.Equal("2 Aug 2025", Of("UTC").Day(new DateOnly(2025, 8, 2)));
    }

    [Fact]
    public void The_ends_of_time_have_a_text_in_every_zone()
    {
        Assert.Equal("31 Dec 9999", Of("Pacific/Auckland").Moment(DateTimeOffset.MaxValue));
        Assert.Equal("1 Jan 0001", Of("America/New_York").Moment(DateTimeOffset.MinValue));
    }

    private static LocalTime Of(string zone) => new(TimeZoneNames.Find(zone), Noon);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
