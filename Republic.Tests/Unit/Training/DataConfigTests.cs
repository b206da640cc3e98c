using Republic.Core.Datasets.Refining;
using Republic.Core.Training.Configuration;

namespace Republic.Tests.Unit.Training;

public sealed class DataConfigTests
{
    private static readonly RefinerySettings Done = new()
    {
        MinTextLength = 1,
        NearDuplicateThreshold = 0,
        ValidationShare = 0.3,
        Seed = 7,
    };

    [Fact]
    public void Rows_that_were_refined_are_taken_as_they_are_unless_something_else_is_asked()
    {
        Assert.True(new DataConfig().IsMetBy(new RefinerySettings()));
        Assert.True(new DataConfig().IsMetBy(Done));
        Assert.True(new DataConfig { ValidationShare = 0.3 }.IsMetBy(Done));
        Assert.True(
            new DataConfig
            {
                MinTextLength = 1,
                NearDuplicateThreshold = 0,
                Seed = 7,
            }.IsMetBy(Done)
        );
    }

    [Fact]
    public void Anything_else_that_is_asked_refines_them_again()
    {
        Assert.False(new DataConfig { ValidationShare = 0.2 }.IsMetBy(Done));
        Assert.False(new DataConfig { ValidationShare = 0.1 }.IsMetBy(new RefinerySettings()));
        Assert.False(new DataConfig { MinTextLength = 2 }.IsMetBy(Done));
        Assert.False(new DataConfig { MaxTextLength = 100 }.IsMetBy(Done));
        Assert.False(new DataConfig { NearDuplicateThreshold = 0.9 }.IsMetBy(Done));
        Assert.False(new DataConfig { MinQuality = 0.5 }.IsMetBy(Done));
        Assert.False(new DataConfig { Seed = 2 }.IsMetBy(Done));
    }
}
