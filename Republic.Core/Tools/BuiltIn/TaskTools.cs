using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Details;
using Republic.Core.Tasks.Editing;
using Republic.Core.Times;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>The tools for tasks: the person’s board is read, comments are the minion’s own, and new tasks are on the person’s board.</summary>
internal sealed class TaskTools(
    TaskCards cards,
    TaskDetails details,
    IDbContextFactory<RepublicDb> databases,
    IServiceScopeFactory services
)
{
    private const int MaxListed = 20;
    private const int MaxComments = 20;
    private const int MaxComment = 2000;
    private const string Which = "Its number, such as T-53, or its id.";

    public BuiltInTool Read =>
        new(
            "read_task",
            "Read tasks",
            "those you can see",
            ToolEffect.Reads,
            "Reads one of the person’s tasks with its comments; without a task, lists the first 20 that are not done."
        )
        {
            Subject = ToolSubject.Tasks,
            Method = scope =>
                ([Description($"{Which} Leave it out for a list.")] string? task = null, CancellationToken ct = default) =>
                    string.IsNullOrWhiteSpace(task) ? ListAsync(scope, ct) : ReadAsync(scope, task, ct),
        };

    public BuiltInTool Comment =>
        new(
            "comment_task",
            "Comment on a task",
            "as the minion",
            ToolEffect.Changes,
            "Writes a comment of yours under one of the person’s own tasks. Whoever sees the task reads it."
        )
        {
            Subject = ToolSubject.Tasks,
            Method = scope =>
                ([Description(Which)] string task, [Description("The comment, in Markdown.")] string text, CancellationToken ct) =>
                    CommentAsync(scope, task, text, ct),
        };

    public BuiltInTool Create =>
        new("create_task", "Create a task", "on your board", ToolEffect.Changes, "Makes a task on the person’s board, in the column To do.")
        {
            Subject = ToolSubject.Tasks,
            Method = scope =>
                (
                    [Description("What is to be done, in one line.")] string title,
                    [Description("What else whoever does it must know, in Markdown.")] string? description = null,
                    CancellationToken ct = default
                ) => CreateAsync(scope, title, description, ct),
        };

    private async Task<string> ListAsync(ToolScope scope, CancellationToken ct)
    {
        var columns = await cards.BoardAsync(scope.Person, new TaskQuery(), ct);
        List<TaskColumn> open = [.. columns.Where(column => column.Status != WorkTaskStatus.Done)];
        // What is begun comes first.
        List<TaskCard> listed = [.. open.OrderByDescending(column => column.Status).SelectMany(column => column.Tasks).Take(MaxListed)];
        var more = open.Sum(column => column.Count) - listed.Count;
        return listed.Count == 0
            ? "The person has no task that is not done."
            : string.Join('\n', listed.Select(Line)) + (more > 0 ? $"\n… and {Counted.Of(more)} more." : "");
    }

    private async Task<string> ReadAsync(ToolScope scope, string task, CancellationToken ct)
    {
        var found = await details.FindAsync(scope.Person, await IdAsync(scope, task, ct), ct);
        if (!found.Ok)
        {
            throw new ToolException(found.Failure.Message);
        }

        var detail = found.Value;
        // Comments and names of files may be anybody's, and a description a guest's.
        scope.Session.HasReadOthers = true;
        var text = new StringBuilder(Line(detail.Task));
        Add("Priority", detail.Task.Priority == TaskPriority.None ? null : TaskWords.Of(detail.Task.Priority));
        Add("Labels", string.Join(", ", detail.Task.Labels));
        Add("Shared by", detail.SharedBy);
        Add("Part of", string.Join(" › ", detail.Ancestors.Select(Line)));
        Add("Waits for", string.Join(", ", detail.WaitsFor.Select(Line)));
        Add("Parts", string.Join("", detail.Parts.Select(part => $"\n- {Line(part)}")));
        Add("Files", string.Join(", ", detail.Files.Select(file => file.FileName)));
        Add("Description", detail.Task.Description is { } description ? $"\n{description}" : null);
        foreach (var comment in detail.Comments.TakeLast(MaxComments))
        {
            var content = comment.Content.Length > MaxComment ? $"{comment.Content.AtMost(MaxComment)} … (cut)" : comment.Content;
            text.Append(CultureInfo.InvariantCulture, $"\n\n{comment.Author}, {UtcText.Of(comment.CreatedAt)}:\n{content}");
        }

        return text.ToString();

        void Add(string name, string? value) => text.Append(string.IsNullOrEmpty(value) ? "" : $"\n{name}: {value}");
    }

    private async Task<string> CommentAsync(ToolScope scope, string task, string text, CancellationToken ct)
    {
        var id = await IdAsync(scope, task, ct);
        await using var provider = services.CreateAsyncScope();
        var comments = provider.ServiceProvider.GetRequiredService<TaskComments>();
        var added = await comments.AddOfMinionAsync(scope.Person, scope.Minion.Id, id, text, ct);
        return added.Ok ? $"The comment stands under {await NameAsync(scope, id, ct)}." : throw new ToolException(added.Failure.Message);
    }

    private async Task<string> CreateAsync(ToolScope scope, string title, string? description, CancellationToken ct)
    {
        var input = new TaskInput
        {
            Title = title,
            Description = description,
            SourceMessageId = scope.Order.Message,
        };
        await using var provider = services.CreateAsyncScope();
        var made = await provider.ServiceProvider.GetRequiredService<TaskEditor>().CreateAsync(scope.Person, input, known: null, ct);
        return made.Ok ? $"Made {await NameAsync(scope, made.Value, ct)}." : throw new ToolException(made.Failure.Message);
    }

    private async Task<string> NameAsync(ToolScope scope, Guid id, CancellationToken ct)
    {
        var found = await cards.FindOwnAsync(scope.Person, id, ct);
        return found.Ok ? $"T-{found.Value.Number} at /tasks/{id}" : $"/tasks/{id}";
    }

    /// <summary>The id of the task that the model named by its number on the person's own board, or by an id, which is taken as it is.</summary>
    private async Task<Guid> IdAsync(ToolScope scope, string task, CancellationToken ct)
    {
        var typed = task.Trim();
        if (Guid.TryParse(typed, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }

        if (TaskCards.NumberIn(typed) is { } number)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            id = await db.Tasks.OwnedBy(scope.Person).Where(t => t.Number == number).Select(t => t.Id).SingleOrDefaultAsync(ct);
        }

        return id != Guid.Empty
            ? id
            : throw new ToolException(
                $"There is no task {typed.AtMost(40)} on the person’s board. Without a task, read_task lists those that there are."
            );
    }

    private static string Line(TaskCard task) =>
        $"T-{task.Number} “{task.Title}”, {TaskWords.Of(task.Status)}"
        + (task.Assignee is { } assignee ? $", for {assignee.DisplayName}" : "")
        + (task.DueAt is { } due ? $", due {due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "")
        + (task.IsBlocked ? ", blocked" : "")
        + $", /tasks/{task.Id}";

    private static string Line(TaskLink task) => $"T-{task.Number} “{task.Title}” ({TaskWords.Of(task.Status)})";
}
