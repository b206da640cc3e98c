using System.ComponentModel;
using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Republic.Core;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Details;
using Republic.Core.Tasks.Editing;
using Republic.Web.Api.Tasks;

namespace Republic.Web.Mcp;

/// <summary>The person's own tasks as tools, named by their numbers. Nothing is deleted here.</summary>
internal sealed class McpTasks(McpCaller caller, TaskCards cards, TaskDetails details, TaskEditor editor, TaskComments comments)
{
    private const int Most = 100;

    [McpServerTool(Name = "list_tasks", Title = "List tasks", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Lists the person's tasks, the newest 100 at most: number, state, title, and what holds each up.")]
    public async Task<CallToolResult> ListAsync(
        [Description("TODO, IN_PROGRESS, REVIEW, DONE or ARCHIVED. Without it, all but those in the archive.")] string? status = null,
        CancellationToken ct = default
    )
    {
        var state = TaskNames.Status(status);
        if (status is not null && state is null)
        {
            return McpResults.Error(Failure.Invalid("status", TaskNames.Statuses));
        }

        var tasks = await cards.ListAsync(caller.Id, new TaskQuery { Status = state }, Most, before: null, ct);
        return McpResults.Text(tasks.Count == 0 ? "There are no such tasks." : string.Join('\n', tasks.Select(task => $"- {Line(task)}")));
    }

    [McpServerTool(Name = "read_task", Title = "Read a task", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Reads one of the person's tasks: its description, its parts, what it waits for, and its newest 50 comments.")]
    public async Task<CallToolResult> ReadAsync([Description("Its number: 53 for T-53.")] int number, CancellationToken ct)
    {
        var id = await cards.FindNumberAsync(caller.Id, number, ct);
        var found = id.Ok ? await details.FindOwnAsync(caller.Id, id.Value, ct) : id.Failure;
        return found.ToToolResult(Whole);
    }

    [McpServerTool(Name = "create_task", Title = "Create a task", Destructive = false, OpenWorld = false)]
    [Description("Puts a new task on the person's board, to do and given to nobody, and returns its number.")]
    public async Task<CallToolResult> CreateAsync(
        [Description("What is to be done, in one line.")] string title,
        [Description("More about it, as Markdown.")] string? description = null,
        CancellationToken ct = default
    )
    {
        var input = new TaskInput { Title = title, Description = description };
        var made = await editor.CreateAsync(caller.Id, input, known: null, ct);
        var card = made.Ok ? await cards.FindAsync(caller.Id, made.Value, ct) : made.Failure;
        return card.ToToolResult(task => $"Created {Line(task)}");
    }

    [McpServerTool(Name = "comment_task", Title = "Comment on a task", Destructive = false, OpenWorld = false)]
    [Description(
        "Writes a comment under one of the person's tasks, in the person's name. Where the minion of the task asked something and waits, this "
            + "is its answer, and it goes on."
    )]
    public async Task<CallToolResult> CommentAsync(
        [Description("The number of the task: 53 for T-53.")] int number,
        [Description("What the comment says, as Markdown.")] string text,
        CancellationToken ct
    )
    {
        var id = await cards.FindNumberAsync(caller.Id, number, ct);
        var comment = id.Ok ? await comments.AddAsync(caller.Id, id.Value, text, ct) : id.Failure;
        return comment.ToToolResult(_ => $"The comment is under T-{number.ToString(CultureInfo.InvariantCulture)}.");
    }

    private static string Line(TaskCard task)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"T-{task.Number} [{TaskWords.Of(task.Status)}] {task.Title}");
        if (task.Assignee is { } assignee)
        {
            line.Append(CultureInfo.InvariantCulture, $", given to {assignee.DisplayName}");
        }

        if (task.DueAt is { } due)
        {
            line.Append(CultureInfo.InvariantCulture, $", due {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        }

        if (task.IsBlocked)
        {
            line.Append(", blocked by ")
                .AppendJoin(", ", task.Blockers.Select(number => $"T-{number.ToString(CultureInfo.InvariantCulture)}"));
        }

        return line.Append(task.Waiting ? ", waits for the person" : "").ToString();
    }

    private static string Whole(TaskDetail detail)
    {
        var text = new StringBuilder(Line(detail.Task)).Append('\n');
        if (!string.IsNullOrWhiteSpace(detail.Task.Description))
        {
            text.Append('\n').Append(detail.Task.Description).Append('\n');
        }

        Links(text, "A part of", detail.Ancestors);
        Links(text, "Parts", detail.Parts.Select(part => new TaskLink(part.Id, part.Number, part.Title, part.Status)));
        Links(text, "Waits for", detail.WaitsFor);
        foreach (var comment in detail.Comments)
        {
            var kind = comment.Kind switch
            {
                TaskCommentKind.HandIn => "handed in",
                TaskCommentKind.Blocked => "asked",
                _ => "commented",
            };
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{comment.Author} {kind}, {comment.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC:\n{comment.Content}\n"
            );
        }

        return text.ToString().TrimEnd();
    }

    private static void Links(StringBuilder text, string what, IEnumerable<TaskLink> tasks)
    {
        foreach (var task in tasks)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{what}: T-{task.Number} [{TaskWords.Of(task.Status)}] {task.Title}");
        }
    }
}
