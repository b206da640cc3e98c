using Republic.Core.Tasks;

namespace Republic.Tests.Unit.Tasks;

public sealed class TaskMovesTests
{
    [Theory]
    [InlineData(WorkTaskStatus.Todo, WorkTaskStatus.InProgress, "InProgress")]
    [InlineData(WorkTaskStatus.Todo, WorkTaskStatus.Done, "InProgress Review Done")]
    [InlineData(WorkTaskStatus.Review, WorkTaskStatus.InProgress, "InProgress")]
    [InlineData(WorkTaskStatus.Review, WorkTaskStatus.Todo, "InProgress Todo")]
    [InlineData(WorkTaskStatus.Done, WorkTaskStatus.Review, "InProgress Review")]
    [InlineData(WorkTaskStatus.Done, WorkTaskStatus.Archived, "Archived")]
    [InlineData(WorkTaskStatus.Archived, WorkTaskStatus.Review, "Todo InProgress Review")]
    [InlineData(WorkTaskStatus.Review, WorkTaskStatus.Review, "")]
    public void A_task_goes_through_the_states_in_between(WorkTaskStatus from, WorkTaskStatus to, string path) =>
        Assert.Equal(path, string.Join(' ', TaskMoves.Path(from, to)));

    [Fact]
    public void Every_state_leads_to_every_other_and_never_through_the_archive()
    {
        foreach (var from in Enum.GetValues<WorkTaskStatus>())
        {
            foreach (var to in Enum.GetValues<WorkTaskStatus>())
            {
                var path = TaskMoves.Path(from, to);
                Assert.Equal(from == to, path.Count == 0);
                Assert.DoesNotContain(WorkTaskStatus.Archived, path.SkipLast(1));
            }
        }
    }
}
