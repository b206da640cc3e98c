using Republic.Core.Archives.Importing.Parts;
using Republic.Core.Archives.Records;
using Republic.Core.Tasks;

namespace Republic.Tests.Unit.Archives;

public sealed class TaskPlanTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())];

    [Fact]
    public void A_part_has_its_parent_where_that_stands_before_it()
    {
        var plan = new TaskPlan([Task(0), Task(1, parent: 0), Task(2, parent: 3), Task(3)]);

        Assert.Equal(Ids[0], plan.ParentOf(Ids[1]));
        Assert.Null(plan.ParentOf(Ids[2]));
        Assert.Equal(1, plan.DroppedOf(Task(2, parent: 3)));
    }

    [Fact]
    public void Nobody_is_nested_deeper_than_tasks_are()
    {
        var plan = new TaskPlan([.. Enumerable.Range(0, 7).Select(i => Task(i, parent: i - 1))]);

        Assert.Equal(Ids[3], plan.ParentOf(Ids[4]));
        Assert.Null(plan.ParentOf(Ids[5]));
        Assert.Equal(Ids[5], plan.ParentOf(Ids[6]));
    }

    [Fact]
    public void A_dependency_is_made_with_the_later_of_the_two()
    {
        var plan = new TaskPlan([Task(0, dependsOn: [1]), Task(1), Task(2, dependsOn: [0])]);

        Assert.Empty(plan.DependenciesUpTo(Ids[0]));
        Assert.Equal([(Ids[0], Ids[1])], plan.DependenciesUpTo(Ids[1]));
        Assert.Equal([(Ids[2], Ids[0])], plan.DependenciesUpTo(Ids[2]));
    }

    [Fact]
    public void Tasks_that_wait_for_each_other_wait_no_more()
    {
        var plan = new TaskPlan([
            Task(0, dependsOn: [1]),
            Task(1, dependsOn: [2]),
            Task(2, dependsOn: [0]),
            Task(3, dependsOn: [4]),
            Task(4),
        ]);

        Assert.All(Ids[..3], id => Assert.Empty(plan.DependenciesUpTo(id)));
        Assert.Equal([(Ids[3], Ids[4])], plan.DependenciesUpTo(Ids[4]));
        Assert.Equal(1, plan.DroppedOf(Task(1, dependsOn: [2])));
    }

    [Fact]
    public void A_part_waits_neither_for_what_it_is_a_part_of_nor_through_others()
    {
        var plan = new TaskPlan([Task(0), Task(1, parent: 0, dependsOn: [0]), Task(2, parent: 0, dependsOn: [3]), Task(3, dependsOn: [0])]);

        Assert.All(Ids[..4], id => Assert.Empty(plan.DependenciesUpTo(id)));
    }

    [Fact]
    public void A_task_that_is_not_there_or_is_itself_is_not_waited_for()
    {
        var plan = new TaskPlan([Task(0, dependsOn: [0, 7])]);

        Assert.Empty(plan.DependenciesUpTo(Ids[0]));
        Assert.Equal(2, plan.DroppedOf(Task(0, dependsOn: [0, 7])));
    }

    private static ArchivedTask Task(int number, int parent = -1, params int[] dependsOn) =>
        new(Ids[number], number, $"Task {number}", WorkTaskStatus.Todo)
        {
            ParentId = parent < 0 ? null : Ids[parent],
            DependsOn = [.. dependsOn.Select(other => Ids[other])],
        };
}
