using Republic.Core.Backups.Schedules;
using Republic.Web.Pages.Admin.Backups;

namespace Republic.Tests.Unit.Pages.Admin;

public sealed class BackupWordsTests
{
    [Theory]
    [InlineData(0.5, "less than an hour old")]
    [InlineData(1.9, "1 hour old")]
    [InlineData(47.9, "47 hours old")]
    [InlineData(48, "2 days old")]
    [InlineData(24 * 400, "400 days old")]
    public void An_age_is_said_in_hours_and_later_in_days(double hours, string said) =>
        Assert.Equal(said, BackupWords.Age(TimeSpan.FromHours(hours)));

    [Theory]
    [InlineData(null, 47, null)]
    [InlineData(null, 49, "The last good backup is 2 days old. One should be made every day.")]
    [InlineData(DayOfWeek.Sunday, 24 * 14, null)]
    [InlineData(DayOfWeek.Sunday, 24 * 15, "The last good backup is 15 days old. One should be made every week.")]
    public void None_within_two_intervals_is_a_warning(DayOfWeek? day, int hours, string? said) =>
        Assert.Equal(said, BackupWords.Warning(Overview(new() { IsOn = true, Day = day }, hours)));

    [Fact]
    public void None_at_all_is_one_too_and_so_is_an_old_one_without_a_schedule()
    {
        Assert.StartsWith("There is no backup yet", BackupWords.Warning(new([], new(), null, null)), StringComparison.Ordinal);
        Assert.EndsWith("Choose below when one is made.", BackupWords.Warning(Overview(new(), 24 * 15)), StringComparison.Ordinal);
    }

    private static BackupOverview Overview(BackupSchedule schedule, int hours)
    {
        var begun = new DateTimeOffset(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);
        var card = new BackupCard(Guid.CreateVersion7(), "a.zip", BackupStatus.Completed, 1, begun, begun, begun, null, HasFile: true);
        return new BackupOverview([card], schedule, card, TimeSpan.FromHours(hours));
    }
}
