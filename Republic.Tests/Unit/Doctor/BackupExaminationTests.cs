using Republic.Core.Backups.Schedules;
using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;

namespace Republic.Tests.Unit.Doctor;

public sealed class BackupExaminationTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly BackupSchedule Daily = new() { IsOn = true };

    [Fact]
    public void A_fresh_backup_on_a_schedule_is_good() =>
        Assert.Equal([FindingLevel.Good], Levels(Overview([Card("a.backup")], Daily, TimeSpan.FromHours(5))));

    [Fact]
    public void None_at_all_is_a_warning_with_how_to_make_one()
    {
        var finding = Assert.Single(BackupExamination.Of(Overview([], new BackupSchedule(), age: null)));

        Assert.Equal((FindingLevel.Warning, "There is no backup yet."), (finding.Level, finding.Summary));
        Assert.Contains("republic backup", finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_older_than_two_of_its_intervals_is_late_and_without_a_schedule_none_comes()
    {
        var late = BackupExamination.Of(Overview([Card("a.backup")], Daily, TimeSpan.FromDays(3))).ToList();
        var alone = BackupExamination.Of(Overview([Card("a.backup")], new BackupSchedule(), TimeSpan.FromDays(3))).ToList();

        Assert.Equal("The last backup is 3 days old.", Assert.Single(late).Summary);
        Assert.Equal("No backup is made by itself.", Assert.Single(alone).Summary);
        Assert.All([.. late, .. alone], finding => Assert.Equal(FindingLevel.Warning, finding.Level));
    }

    [Fact]
    public void The_last_that_failed_is_a_trouble_with_its_reason()
    {
        var failed = Card("b.backup") with { Status = BackupStatus.Failed, Error = "The disk is full. Free some.", HasFile = false };

        var finding = Assert.Single(BackupExamination.Of(Overview([failed, Card("a.backup")], Daily, TimeSpan.FromHours(30))));

        Assert.Equal(FindingLevel.Trouble, finding.Level);
        Assert.Equal("The last backup, b.backup, cannot be used: The disk is full. Free some.", finding.Summary);
    }

    [Fact]
    public void Files_that_are_gone_are_named_and_a_trouble_where_none_is_left()
    {
        var gone = Card("b.backup") with { HasFile = false };

        var some = BackupExamination.Of(Overview([gone, Card("a.backup")], Daily, TimeSpan.FromHours(30)));
        var all = BackupExamination.Of(Overview([gone], Daily, age: null));

        Assert.Equal("Files of backups are gone: b.backup.", Assert.Single(some).Summary);
        Assert.Equal(FindingLevel.Trouble, Assert.Single(all).Level);
    }

    private static IEnumerable<FindingLevel> Levels(BackupOverview overview) =>
        BackupExamination.Of(overview).Select(finding => finding.Level);

    private static BackupOverview Overview(IReadOnlyList<BackupCard> cards, BackupSchedule schedule, TimeSpan? age) =>
        new(cards, schedule, cards.FirstOrDefault(card => card is { Status: BackupStatus.Completed, HasFile: true }), age);

    private static BackupCard Card(string name) =>
        new(Guid.CreateVersion7(), name, BackupStatus.Completed, 1_000_000, At, At, At, Error: null, HasFile: true);
}
