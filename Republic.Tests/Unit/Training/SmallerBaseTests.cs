using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Tests.Unit.Pages.Training;

namespace Republic.Tests.Unit.Training;

/// <summary>When a smaller copy of a run's base is offered.</summary>
public sealed class SmallerBaseTests
{
    private const string Short = "There is not enough memory to train this model, whatever the size of a batch.";

    [Theory]
    [InlineData(TrainingStatus.Failed, 3, Short, true)]
    [InlineData(TrainingStatus.Failed, 3, "The loss ran away.", false)]
    [InlineData(TrainingStatus.Failed, 3, null, false)]
    [InlineData(TrainingStatus.Failed, 6, Short, false)]
    [InlineData(TrainingStatus.Running, 3, Short, false)]
    public void It_is_offered_where_training_failed_for_want_of_memory(TrainingStatus status, int step, string? error, bool offered)
    {
        var run = Cards.Run(status, step) with { ErrorMessage = error };

        Assert.Equal(offered, SmallerBase.MayHelp(run with { Config = run.Config with { BaseModel = "base" } }));
        Assert.False(SmallerBase.MayHelp(run with { Config = run.Config with { BaseModel = null } }));
    }
}
