using Republic.Core.Citizens.Capabilities;

namespace Republic.Tests.Unit.Citizens;

public sealed class CapabilityRuleTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 3.00, 0)]
    [InlineData(1, 0, 0, 0, 3.67, .184)]
    [InlineData(8, 2, 0, 0, 4.00, .584)]
    [InlineData(0, 3, 0, 0, 1.80, .434)]
    [InlineData(40, 10, 0, 0, 4.15, .806)]
    [InlineData(8, 2, 4.5, 5, 4.10, .633)]
    public void It_gives_what_the_design_says(int successes, int failures, double sum, int scores, double proficiency, double confidence)
    {
        var counts = new CapabilityCounts(successes, failures, sum, scores);

        Assert.Equal(proficiency, Math.Round(CapabilityRule.Proficiency(counts), 2));
        Assert.Equal(confidence, Math.Round(CapabilityRule.Confidence(counts), 3));
    }

    [Fact]
    public void It_stays_between_1_and_5_grows_with_success_and_falls_with_failure()
    {
        for (var successes = 0; successes < 200; successes += 7)
        {
            for (var failures = 0; failures < 200; failures += 7)
            {
                var here = CapabilityRule.Proficiency(new CapabilityCounts(successes, failures, 0, 0));
                Assert.InRange(here, 1, 5);
                Assert.InRange(CapabilityRule.Confidence(new CapabilityCounts(successes, failures, 0, 0)), 0, 1);
                Assert.True(CapabilityRule.Proficiency(new CapabilityCounts(successes + 1, failures, 0, 0)) > here);
                Assert.True(CapabilityRule.Proficiency(new CapabilityCounts(successes, failures + 1, 0, 0)) < here);
            }
        }
    }
}
