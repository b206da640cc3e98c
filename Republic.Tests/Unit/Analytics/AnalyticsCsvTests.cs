using Republic.Core.Analytics;

namespace Republic.Tests.Unit.Analytics;

public sealed class AnalyticsCsvTests
{
    [Fact]
    public void What_no_minion_did_and_all_others_are_two_groups()
    {
        var day = new DateOnly(2026, 3, 2);
        var report = new AnalyticsReport
        {
            From = day,
            To = day,
            GroupBy = AnalyticsGrouping.Minion,
            Total = new(),
            Times = null,
            Groups = [new("", "No minion", new(), null), new(null, "All others", new(), null)],
            Days = [new() { Day = day, Key = "" }, new() { Day = day, Key = null }],
            TimesByDay = [],
            Versions = [],
        };

        var lines = AnalyticsCsv.Days(report).Split("\r\n");

        Assert.StartsWith("2026-03-02,,No minion,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2026-03-02,,All others,", lines[2], StringComparison.Ordinal);
    }
}
