using Republic.Core.Training.Grading;

namespace Republic.Tests.Unit.Training;

public sealed class TaskComplexityTests
{
    [Theory]
    [InlineData("What can you help me with?", 1)]
    [InlineData("Analyze this data", 2)]
    [InlineData("Explain and compare: which is better?", 2)]
    [InlineData("What would you design, and how would you list it?", 3)]
    [InlineData("“Optimize” this.", 3)]
    [InlineData("Designs are nice", 1)]
    [InlineData("", 1)]
    public void The_heaviest_word_decides(string question, int weight) => Assert.Equal(weight, TaskComplexity.Weight(question));

    [Fact]
    public void The_mean_stays_between_the_scores()
    {
        var mean = TaskComplexity.WeightedMean([("What is it?", 40), ("Design it.", 80)]);

        Assert.Equal(70, mean);
        Assert.Null(TaskComplexity.WeightedMean([]));
    }
}
