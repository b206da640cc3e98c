using Republic.Core.Training.Grading;
using Republic.Core.Training.Measuring;

namespace Republic.Tests.Unit.Training;

public sealed class SeedQuestionTests
{
    [Fact]
    public void Data_that_are_to_be_analyzed_are_there()
    {
        var (text, traits) = SeedQuestions.Performance.Single(question =>
            question.Text.StartsWith("Analyze this data", StringComparison.Ordinal)
        );

        Assert.Equal(["analytical", "technical"], traits);
        Assert.Equal(4, text.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Any(char.IsAsciiDigit)));
        Assert.True(SeedQuestions.Has(text));
        Assert.Equal(2, TaskComplexity.Weight(text));
    }
}
