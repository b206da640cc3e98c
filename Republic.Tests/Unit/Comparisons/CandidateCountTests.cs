using Republic.Core.Comparisons;

namespace Republic.Tests.Unit.Comparisons;

public sealed class CandidateCountTests
{
    [Theory]
    [InlineData(1, "Choose 2 to 4 versions; 1 is chosen.")]
    [InlineData(10_000, "Choose 2 to 4 versions; 10,000 are chosen.")]
    public void Too_few_and_too_many_versions_are_counted(int chosen, string said)
    {
        var minion = Guid.CreateVersion7();
        var input = new ComparisonInput("Who?", [.. Enumerable.Range(0, chosen).Select(version => new Candidate(minion, version))]);
        Assert.Equal(said, Assert.Single(input.Problems()).Message);
    }
}
