using Republic.Core.Archives.Records;
using Republic.Core.Tasks;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// How the tasks of an archive hang together, as far as the rules of tasks allow it: a parent stands before its parts, at most so many levels
/// deep, and no task waits for itself through others.
/// </summary>
internal sealed class TaskPlan
{
    private readonly Dictionary<Guid, Planned> tasks = [];
    private readonly ILookup<Guid, Guid> waiting;

    public TaskPlan(IEnumerable<ArchivedTask> inOrder)
    {
        foreach (var task in inOrder)
        {
            var parent = task.ParentId is { } id ? tasks.GetValueOrDefault(id) : null;
            parent = parent?.Level < TaskGraph.DeepestLevel ? parent : null;
            tasks.TryAdd(task.Id, new Planned(task.Id, tasks.Count, parent, task.DependsOn));
        }

        foreach (var task in tasks.Values)
        {
            task.DependsOn = [.. task.Named.Distinct().Where(other => MayWaitFor(task, other)).Take(TaskGraph.MostDependencies)];
        }

        var stuck = Stuck();
        foreach (var task in tasks.Values.Where(task => stuck.Contains(task.Id)))
        {
            task.DependsOn.RemoveAll(stuck.Contains);
        }

        waiting = tasks
            .Values.SelectMany(task => task.DependsOn.Select(other => (task.Id, other)))
            .ToLookup(pair => pair.other, pair => pair.Id);
    }

    /// <summary>No other tasks are on the board: each keeps its number, and its place in its column.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The task that it is a part of, where it can be that.</summary>
    public Guid? ParentOf(Guid task) => tasks[task].Parent?.Id;

    /// <summary>How many tasks it cannot wait for, or be a part of, that it named.</summary>
    public int DroppedOf(ArchivedTask task) =>
        task.DependsOn.Distinct().Count()
        - tasks[task.Id].DependsOn.Count
        + (task.ParentId is not null && tasks[task.Id].Parent is null ? 1 : 0);

    /// <summary>Dependencies between the task and those before it: these can be made once it is there.</summary>
    public IEnumerable<(Guid Task, Guid DependsOn)> DependenciesUpTo(Guid task)
    {
        var position = tasks[task].Position;
        return tasks[task]
            .DependsOn.Where(other => tasks[other].Position < position)
            .Select(other => (task, other))
            .Concat(waiting[task].Where(other => tasks[other].Position < position).Select(other => (other, task)));
    }

    private bool MayWaitFor(Planned task, Guid other) =>
        other != task.Id && tasks.TryGetValue(other, out var found) && !found.IsBelow(task) && !task.IsBelow(found);

    /// <summary>
    /// Those that wait for one another, or for such tasks. A task waits for what it depends on and for its parts; one that waits for none that is
    /// left is taken away, until there is no such one.
    /// </summary>
    private HashSet<Guid> Stuck()
    {
        var left = tasks.Values.ToDictionary(task => task.Id, task => task.DependsOn.Count);
        var waits = tasks.Values.SelectMany(task => task.DependsOn.Select(other => (Other: other, task.Id))).ToList();
        foreach (var task in tasks.Values.Where(task => task.Parent is not null))
        {
            left[task.Parent!.Id]++;
            waits.Add((task.Id, task.Parent.Id));
        }

        var byOther = waits.ToLookup(pair => pair.Other, pair => pair.Id);
        var free = new Stack<Guid>(left.Where(task => task.Value == 0).Select(task => task.Key));
        while (free.TryPop(out var done))
        {
            left.Remove(done);
            foreach (var task in byOther[done])
            {
                if (--left[task] == 0)
                {
                    free.Push(task);
                }
            }
        }

        return [.. left.Keys];
    }

    private sealed class Planned(Guid id, int position, Planned? parent, IReadOnlyList<Guid> named)
    {
        public Guid Id => id;

        public int Position => position;

        public Planned? Parent => parent;

        public int Level => 1 + (parent?.Level ?? 0);

        public IReadOnlyList<Guid> Named => named;

        public List<Guid> DependsOn { get; set; } = [];

        public bool IsBelow(Planned other) => parent is not null && (parent == other || parent.IsBelow(other));
    }
}
