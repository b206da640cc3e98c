using Republic.Sprout.Dialogues;
using Republic.Sprout.Making;

namespace Republic.Tests.Unit.Sprout;

/// <summary>How the learning rate goes.</summary>
public sealed class SproutPlanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    [InlineData(7000)]
    public void It_is_never_above_its_height_and_falls_to_the_end_whatever_the_number_of_steps(int steps)
    {
        foreach (var plan in new[] { new SproutPlan(steps), SproutPlan.Further(steps, seed: 2) })
        {
            var rates = Enumerable.Range(0, steps).Select(plan.RateAt).ToList();

            Assert.All(rates, rate => Assert.InRange(rate, float.Epsilon, plan.LearningRate));
            Assert.Equal(0, plan.RateAt(steps));
        }
    }

    [Fact]
    public void A_first_run_stands_at_its_height_for_long_and_a_further_one_falls_from_half_of_it()
    {
        var first = new SproutPlan(1000);
        var further = SproutPlan.Further(1000, seed: 2);

        Assert.Equal(first.LearningRate, first.RateAt(540));
        Assert.True(first.RateAt(560) < first.LearningRate);
        Assert.Equal(first.LearningRate / 2 * 0.9f, further.RateAt(100), 1e-6f);
        Assert.Equal(first.LearningRate / 4, further.RateAt(500), 1e-6f);
    }

    [Fact]
    public void Copying_is_learned_once()
    {
        Assert.Equal(Mixture.Copying, new SproutPlan(1000).MixtureAt(0));
        Assert.Equal(Mixture.Usual, new SproutPlan(1000).MixtureAt(600));
    }

    [Fact]
    public void A_further_run_copies_for_a_while_and_a_short_one_for_less()
    {
        foreach (var (steps, copying) in new[] { (4000, SproutPlan.FurtherCopyingSteps), (80, 10), (2, 0) })
        {
            var plan = SproutPlan.Further(steps, seed: 2);
            Assert.All(Enumerable.Range(0, copying), step => Assert.Equal(Mixture.Copying, plan.MixtureAt(step)));
            Assert.Equal(Mixture.Further, plan.MixtureAt(copying));
        }
    }
}
