using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Tasks;

/// <summary>The output of <c>republic tasks</c>: a table with one line for each task, without columns that hold nothing.</summary>
internal static class TaskTable
{
    private const int LongestName = 12;

    /// <param name="name">The name of a citizen, by id.</param>
    /// <param name="sharedBy">The name of the owner of a task of somebody else; empty for the person's own.</param>
    /// <param name="width">The width of the terminal in characters; 0 cuts no title.</param>
    public static string Of(IReadOnlyList<RemoteTask> tasks, Func<string?, string> name, Func<RemoteTask, string> sharedBy, int width) =>
        FittedTable.Of<RemoteTask>(
            tasks,
            [
                ("Task", task => task.Name),
                ("Shared by", task => RemoteText.Cut(sharedBy(task), LongestName)),
                ("Status", task => task.Column),
                ("Priority", task => task.Urgency),
                ("Due", task => task.Due),
                ("Done by", task => RemoteText.Cut(name(task.AssignedTo), LongestName)),
            ],
            ("Title", task => task.Words),
            width
        );
}
