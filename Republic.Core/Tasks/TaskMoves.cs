using static Republic.Core.Tasks.WorkTaskStatus;

namespace Republic.Core.Tasks;

/// <summary>How a task gets from one state to another.</summary>
public static class TaskMoves
{
    private static readonly Dictionary<WorkTaskStatus, WorkTaskStatus[]> Steps = new()
    {
        [Todo] = [InProgress, Archived],
        [InProgress] = [Review, Todo, Archived],
        [Review] = [Done, InProgress, Archived],
        [Done] = [InProgress, Archived],
        [Archived] = [Todo],
    };

    /// <summary>True for the one step that tells the assignee that the work was not good enough.</summary>
    public static bool IsSentBack(WorkTaskStatus from, WorkTaskStatus to) => (from, to) == (Review, InProgress);

    /// <summary>Whether a state is one that a blocked task may not get into.</summary>
    public static bool IsBegun(WorkTaskStatus status) => status is InProgress or Review or Done;

    /// <summary>
    /// The states on the shortest path, the last of them the wanted one: a card that is dragged over a column goes through that column.
    /// Empty where it is there already.
    /// </summary>
    public static IReadOnlyList<WorkTaskStatus> Path(WorkTaskStatus from, WorkTaskStatus to)
    {
        var paths = new Queue<IReadOnlyList<WorkTaskStatus>>([
            [],
        ]);
        while (paths.TryDequeue(out var path))
        {
            var last = path.Count == 0 ? from : path[^1];
            if (last == to)
            {
                return path;
            }

            // The archive is an end, and no way to somewhere else.
            foreach (var next in last == Archived && path.Count > 0 ? [] : Steps[last])
            {
                paths.Enqueue([.. path, next]);
            }
        }

        throw new ArgumentOutOfRangeException(nameof(to), to, "No path leads there.");
    }
}
