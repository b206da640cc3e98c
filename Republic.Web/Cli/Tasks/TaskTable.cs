using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Tasks;

/// <summary>The output of <c>republic tasks</c>: a table with one line for each task, without columns that hold nothing.</summary>
internal static class TaskTable
{
    private const int LongestName = 12;
    private const int LeastTitle = 16;
    private const string Gap = "  ";

    /// <param name="name">The name of a citizen, by id.</param>
    /// <param name="sharedBy">The name of the owner of a task of somebody else; empty for the person's own.</param>
    /// <param name="width">The width of the terminal in characters; 0 cuts no title.</param>
    public static string Of(IReadOnlyList<RemoteTask> tasks, Func<string?, string> name, Func<RemoteTask, string> sharedBy, int width)
    {
        (string Heading, Func<RemoteTask, string> Text)[] all =
        [
            ("Task", task => task.Name),
            ("Shared by", task => RemoteText.Cut(sharedBy(task), LongestName)),
            ("Status", task => task.Column),
            ("Priority", task => task.Urgency),
            ("Due", task => task.Due),
            ("Done by", task => RemoteText.Cut(name(task.AssignedTo), LongestName)),
        ];
        var columns = all.Where(column => tasks.Any(task => column.Text(task).Length > 0)).ToList();
        List<(string[] Cells, string Title)> rows = [([.. columns.Select(column => column.Heading)], "Title")];
        rows.AddRange(tasks.Select(task => (columns.Select(column => column.Text(task)).ToArray(), task.Words)));
        var widths = columns.Select((_, at) => rows.Max(row => row.Cells[at].Length)).ToArray();
        var left = width == 0 ? int.MaxValue : Math.Max(LeastTitle, width - widths.Sum(cell => cell + Gap.Length));
        return string.Join('\n', rows.Select(row => Line(row.Cells, widths, RemoteText.Cut(row.Title, left))));
    }

    private static string Line(string[] cells, int[] widths, string title) =>
        string.Join(Gap, cells.Select((text, at) => text.PadRight(widths[at])).Append(title)).TrimEnd();
}
