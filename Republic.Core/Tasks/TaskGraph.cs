namespace Republic.Core.Tasks;

/// <summary>
/// The parents and dependencies of one owner's tasks. A task waits for what it depends on and, since it is not done before they are, for
/// its subtasks; the graph of both stays free of cycles, so that there is always a task that can be worked on.
/// </summary>
public sealed class TaskGraph
{
    public const int DeepestLevel = 5;
    public const int MostDependencies = 50;

    private readonly Dictionary<Guid, Node> nodes;

    /// <param name="tasks">Each task with its parent, or null.</param>
    /// <param name="dependencies">Each task with a task that it depends on.</param>
    public TaskGraph(IEnumerable<(Guid Task, Guid? Parent)> tasks, IEnumerable<(Guid Task, Guid DependsOn)> dependencies)
    {
        nodes = tasks.ToDictionary(task => task.Task, task => new Node(task.Parent));
        foreach (var (id, node) in nodes)
        {
            if (node.Parent is { } parent)
            {
                nodes[parent].Children.Add(id);
            }
        }

        foreach (var (task, dependsOn) in dependencies)
        {
            nodes[task].DependsOn.Add(dependsOn);
        }
    }

    /// <summary>1 for a task without a parent.</summary>
    public int LevelOf(Guid task)
    {
        var level = 1;
        while (nodes[task].Parent is { } parent)
        {
            (task, level) = (parent, level + 1);
        }

        return level;
    }

    /// <summary>The task and everything below it.</summary>
    public IEnumerable<Guid> WithDescendants(Guid task) => nodes[task].Children.SelectMany(WithDescendants).Prepend(task);

    /// <summary>Null where the task may depend on the other one; else the reason.</summary>
    public string? DependencyProblem(Guid task, Guid dependsOn)
    {
        if (task == dependsOn)
        {
            return "A task cannot wait for itself. Choose another one.";
        }

        if (nodes[task].DependsOn.Contains(dependsOn))
        {
            return "It waits for that task already.";
        }

        if (IsAbove(task, dependsOn) || IsAbove(dependsOn, task))
        {
            return "One of the two is part of the other, so they wait for each other already. Choose a task outside.";
        }

        if (nodes[task].DependsOn.Count >= MostDependencies)
        {
            return $"A task waits for at most {MostDependencies} others. Remove one, or put some of them below one task.";
        }

        return WaitsFor(dependsOn, task)
            ? "That task waits for this one, directly or through others, so neither could ever begin. Remove that dependency first."
            : null;
    }

    /// <summary>Null where the task may become a part of the parent, or stand alone; else the reason.</summary>
    public string? ParentProblem(Guid task, Guid? parent)
    {
        if (parent is not { } above)
        {
            return null;
        }

        if (above == task || IsAbove(task, above))
        {
            return "A task cannot be a part of itself, or of one of its own parts. Choose another parent.";
        }

        if (LevelOf(above) + HeightOf(task) > DeepestLevel)
        {
            return $"Tasks are nested at most {DeepestLevel} levels deep. Choose a parent higher up.";
        }

        var parts = WithDescendants(task).ToHashSet();
        var ancestors = Ancestors(above).Prepend(above).ToHashSet();
        if (
            parts.Any(part => nodes[part].DependsOn.Overlaps(ancestors))
            || ancestors.Any(ancestor => nodes[ancestor].DependsOn.Overlaps(parts))
        )
        {
            return "One of the two waits for the other by a dependency. Remove it first.";
        }

        return WaitsFor(task, above) ? "It waits, through other tasks, for that parent. Remove one of those dependencies first." : null;
    }

    /// <summary>The number of levels from the task down, itself included.</summary>
    private int HeightOf(Guid task) => 1 + nodes[task].Children.Select(HeightOf).DefaultIfEmpty().Max();

    private bool IsAbove(Guid ancestor, Guid task) => Ancestors(task).Contains(ancestor);

    private IEnumerable<Guid> Ancestors(Guid task)
    {
        while (nodes[task].Parent is { } parent)
        {
            yield return parent;
            task = parent;
        }
    }

    /// <summary>Whether the first waits for the second, directly or through others.</summary>
    public bool WaitsFor(Guid first, Guid second)
    {
        var seen = new HashSet<Guid>();
        var open = new Stack<Guid>([first]);
        while (open.TryPop(out var task))
        {
            if (task == second)
            {
                return true;
            }

            if (seen.Add(task))
            {
                foreach (var next in nodes[task].DependsOn.Concat(nodes[task].Children))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }

    private sealed class Node(Guid? parent)
    {
        public Guid? Parent => parent;

        public List<Guid> Children { get; } = [];

        public HashSet<Guid> DependsOn { get; } = [];
    }
}
