using Republic.Core;
using Republic.Core.Tasks;

namespace Republic.Tests.Unit.Tasks;

public sealed class TaskGraphTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 24).Select(i => new Guid(i, 0, 0, new byte[8]))];

    [Theory]
    [InlineData(0, 0, "wait for itself")]
    [InlineData(1, 0, "already")]
    [InlineData(0, 1, "waits for this one")]
    [InlineData(0, 2, "waits for this one")]
    [InlineData(3, 4, "part of the other")]
    [InlineData(4, 3, "part of the other")]
    [InlineData(5, 3, "part of the other")]
    public void Cycles_and_what_is_a_part_are_refused(int task, int dependsOn, string why)
    {
        // 2 waits for 1, which waits for 0; 5 is a part of 4, which is a part of 3.
        var graph = Graph([(1, 0), (2, 1)], [(4, 3), (5, 4)]);

        Assert.Contains(why, graph.DependencyProblem(Ids[task], Ids[dependsOn]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_through_a_parent_is_refused()
    {
        // 1 is a part of 0, and waits for 2: then 0, which is not done before 1, waits for 2 as well.
        var graph = Graph([(1, 2)], [(1, 0)]);

        Assert.Contains("waits for this one", graph.DependencyProblem(Ids[2], Ids[0]), StringComparison.Ordinal);
        Assert.Null(graph.DependencyProblem(Ids[0], Ids[2]));
    }

    [Fact]
    public void A_parent_is_no_part_of_the_task_nor_waits_for_it_nor_too_deep()
    {
        var graph = Graph([(7, 0)], [(1, 0), (2, 1), (3, 2), (4, 3), (6, 5)]);

        Assert.Contains("part of itself", graph.ParentProblem(Ids[0], Ids[0]), StringComparison.Ordinal);
        Assert.Contains("own parts", graph.ParentProblem(Ids[0], Ids[2]), StringComparison.Ordinal);
        Assert.Contains("5 levels", graph.ParentProblem(Ids[5], Ids[3]), StringComparison.Ordinal);
        Assert.Null(graph.ParentProblem(Ids[5], Ids[2]));
        Assert.Contains("by a dependency", graph.ParentProblem(Ids[7], Ids[0]), StringComparison.Ordinal);
        Assert.Null(graph.ParentProblem(Ids[4], null));
    }

    /// <summary>20,000 random changes: what the graph lets through never breaks an invariant, and what it refuses would.</summary>
    [Fact]
    public void Random_changes_keep_every_invariant()
    {
        var random = SeededRandom.For(7, 1);
        var (dependencies, parents) = (new HashSet<(int, int)>(), new Dictionary<int, int?>());
        for (var i = 0; i < Ids.Length; i++)
        {
            parents[i] = null;
        }

        var (taken, refused) = (0, 0);
        for (var change = 0; change < 20_000; change++)
        {
            var (task, other) = (random.Next(Ids.Length), random.Next(Ids.Length));
            var graph = Graph(dependencies, parents.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!.Value)));
            switch (random.Next(6))
            {
                case 0 when graph.DependencyProblem(Ids[task], Ids[other]) is null:
                    dependencies.Add((task, other));
                    break;
                case 1:
                    dependencies.Remove((task, other));
                    continue;
                case 2 when graph.ParentProblem(Ids[task], Ids[other]) is null:
                    parents[task] = other;
                    break;
                case 3:
                    parents[task] = null;
                    continue;
                default:
                    refused++;
                    continue;
            }

            taken++;
            AssertSound(dependencies, parents);
        }

        Assert.True(taken > 1000 && refused > 1000, $"{taken} taken, {refused} refused");
    }

    /// <summary>Whoever does always one of the tasks that wait for nothing is done with all of them in the end.</summary>
    private static void AssertSound(HashSet<(int Task, int DependsOn)> dependencies, Dictionary<int, int?> parents)
    {
        var open = parents.Keys.ToHashSet();
        while (open.Count > 0)
        {
            var done = open.Where(task =>
                    !dependencies.Any(d => d.Task == task && open.Contains(d.DependsOn))
                    && !parents.Any(p => p.Value == task && open.Contains(p.Key))
                )
                .ToList();
            Assert.NotEmpty(done);
            open.ExceptWith(done);
        }

        foreach (var task in parents.Keys)
        {
            var ancestors = new List<int>();
            for (var above = parents[task]; above is { } parent; above = parents[parent])
            {
                ancestors.Add(parent);
            }

            Assert.True(ancestors.Count < TaskGraph.DeepestLevel);
            Assert.DoesNotContain(ancestors, above => dependencies.Contains((task, above)) || dependencies.Contains((above, task)));
        }
    }

    private static TaskGraph Graph(IEnumerable<(int Task, int DependsOn)> dependencies, IEnumerable<(int Task, int Parent)> parents)
    {
        var above = parents.ToDictionary(p => p.Task, p => p.Parent);
        return new TaskGraph(
            Ids.Select((id, i) => (id, above.TryGetValue(i, out var parent) ? Ids[parent] : (Guid?)null)),
            dependencies.Select(d => (Ids[d.Task], Ids[d.DependsOn]))
        );
    }
}
