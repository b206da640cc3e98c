using System.Globalization;
using Republic.Core.Tasks;
using Republic.Web.Pages.Shared;
using Republic.Web.Pages.Tasks;

namespace Republic.Tests.Unit.Pages;

public sealed class TaskTimesTests
{
    [Theory]
    [InlineData("Pacific/Niue", "28 Nov", null)]
    [InlineData("Europe/Zagreb", "today", "warn")]
    [InlineData("Asia/Tokyo", "today", "warn")]
    [InlineData("Pacific/Kiritimati", "28 Nov, overdue", "bad")]
    public void What_is_due_on_a_day_is_late_when_that_day_is_over_for_whoever_looks(string zone, string day, string? tone)
    {
        var now = At("2026-11-28T10:30:00Z");
        var local = new LocalTime(TimeZoneInfo.FindSystemTimeZoneById(zone), now);

        Assert.Equal((day, tone), TaskTimes.Due(At("2026-11-28T00:00:00Z"), WorkTaskStatus.Todo, TaskTimes.Today(local)));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
