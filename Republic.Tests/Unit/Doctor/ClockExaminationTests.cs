using Republic.Core.Doctor;
using Republic.Core.Doctor.Examinations;

namespace Republic.Tests.Unit.Doctor;

public sealed class ClockExaminationTests
{
    [Theory]
    [InlineData(0, FindingLevel.Good, "are in step")]
    [InlineData(0.9, FindingLevel.Good, "are in step")]
    [InlineData(2.5, FindingLevel.Warning, "2.5 s ahead of that of the database, so that this node takes no jobs")]
    [InlineData(-2.5, FindingLevel.Warning, "2.5 s behind that of the database")]
    [InlineData(31, FindingLevel.Trouble, "31.0 s ahead of")]
    [InlineData(-3600, FindingLevel.Trouble, "3600.0 s behind")]
    public void How_far_the_clock_is_off_decides(double seconds, FindingLevel level, string said)
    {
        var finding = ClockExamination.Of(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(1));

        Assert.Equal(("clocks", level, level != FindingLevel.Good), (finding.Check, finding.Level, finding.Advice is not null));
        Assert.Contains(said, finding.Summary, StringComparison.Ordinal);
    }
}
