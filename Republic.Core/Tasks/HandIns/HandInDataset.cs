using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Minions;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.HandIns;

/// <summary>Makes a dataset of good hand-ins: to train a minion on how it did its work well.</summary>
public sealed class HandInDataset(IDbContextFactory<RepublicDb> databases, DatasetUpload upload, DatasetEditor datasets)
{
    private const string Tasks = "task_ids";

    public async Task<Outcome<Guid>> MakeAsync(Guid owner, HandInChoice choice, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rules = new FieldRules([]);
        rules.Required("name", "The name", choice.Name);
        rules.Text("name", "The name", choice.Name, DatasetTables.MaxName);
        rules.Text("description", "The description", choice.Description, DatasetTables.MaxDescription, isLine: false);
        var good = db.GoodHandIns(owner, choice.MinionId);
        var tasks = choice.TaskIds?.Distinct().ToList();
        if (choice.MinionId is { } minion && !await db.Minions.OwnedBy(owner).Live().AnyAsync(m => m.Id == minion, ct))
        {
            rules.Add("minion_id", "There is no such minion, or it is not yours. Choose another one.");
        }
        else if (await ProblemAsync(db, owner, good, tasks, ct) is { } problem)
        {
            rules.Add(Tasks, problem);
        }

        if (rules.Errors.Count > 0)
        {
            return Failure.Invalid(rules.Errors);
        }

        using var rows = new MemoryStream();
        await WriteAsync(db, owner, tasks is null ? good : good.Where(a => tasks.Contains(a.TaskId)), rows, ct);
        rows.Position = 0;
        var received = await upload.ReceiveAsync(owner, rows, fileName: null, ct);
        if (!received.Ok)
        {
            // Nobody sent a file: what is wrong with it is wrong with the choice of tasks.
            return received.Failure with { Fields = [.. received.Failure.Fields.Select(error => error with { Field = Tasks })] };
        }

        using var source = received.Value;
        var input = new DatasetInput
        {
            Name = choice.Name,
            DatasetType = choice.DatasetType,
            Description = string.IsNullOrWhiteSpace(choice.Description) ? "Made from hand-ins of finished tasks." : choice.Description,
        };
        return await datasets.CreateAsync(owner, input, source, ct);
    }

    /// <returns>What is wrong with the choice of tasks; null where nothing is.</returns>
    private static async Task<string?> ProblemAsync(
        RepublicDb db,
        Guid owner,
        IQueryable<TaskAttempt> good,
        List<Guid>? tasks,
        CancellationToken ct
    )
    {
        if (tasks is null)
        {
            return await good.AnyAsync(ct) ? null : "There is no good hand-in yet. Accept what a minion handed in first.";
        }

        if (tasks.Count is 0 or > GoodHandIns.Most)
        {
            return tasks.Count == 0
                ? "Choose at least one hand-in."
                : $"At most {GoodHandIns.Most} hand-ins become one dataset. Leave some out.";
        }

        var own = await db
            .Tasks.OwnedBy(owner)
            .Where(t => tasks.Contains(t.Id))
            .OrderBy(t => t.Number)
            .Select(t => new { t.Number, IsGood = good.Any(a => a.TaskId == t.Id) })
            .ToListAsync(ct);
        if (own.Count < tasks.Count)
        {
            return "One of the tasks does not exist, or is not yours. Leave it out.";
        }

        var wanting = own.Where(t => !t.IsGood).Select(t => $"T-{t.Number}").ToList();
        return wanting.Count == 0
            ? null
            : $"{string.Join(", ", wanting.Take(5))}{(wanting.Count > 5 ? " and others" : "")} {(wanting.Count == 1 ? "has" : "have")} "
                + $"no good hand-in. Accept what a minion handed in, or leave {(wanting.Count == 1 ? "it" : "them")} out.";
    }

    private static async Task WriteAsync(RepublicDb db, Guid owner, IQueryable<TaskAttempt> good, Stream rows, CancellationToken ct)
    {
        // A reason is a comment that was saved with the move that it belongs to. Only the owner's own words are taken.
        var (review, progress, todo) = (
            TaskWords.Of(WorkTaskStatus.Review),
            TaskWords.Of(WorkTaskStatus.InProgress),
            TaskWords.Of(WorkTaskStatus.Todo)
        );
        var handIns =
            from attempt in good.OrderByDescending(a => a.Id).Take(GoodHandIns.Most)
            join task in db.Tasks on attempt.TaskId equals task.Id
            orderby attempt.Id
            select new
            {
                task.Title,
                task.Description,
                Reason = db
                    .TaskActivities.Where(move =>
                        move.TaskId == task.Id
                        && move.Kind == TaskActivityKind.Moved
                        && move.Before == review
                        && (move.After == progress || move.After == todo)
                    )
                    .OrderByDescending(move => move.Id)
                    .Select(move =>
                        db.TaskComments.Where(said =>
                                said.TaskId == task.Id
                                && said.CitizenId == owner
                                && said.Kind == TaskCommentKind.Comment
                                && said.CreatedAt == move.CreatedAt
                            )
                            .Select(said => said.Content)
                            .FirstOrDefault()
                    )
                    .FirstOrDefault(),
                attempt.Content,
                From = db.ToolCalls.Where(call => call.AttemptId == attempt.Id).Max(call => (int?)call.Offset) ?? 0,
                IsCited = attempt.Trace != null,
            };
        await foreach (var handIn in handIns.AsAsyncEnumerable().WithCancellation(ct))
        {
            var result = TaskAnswer.Of(handIn.Content, handIn.From).Text;
            Write(rows, HandInRow.Of(handIn.Title, handIn.Description, handIn.Reason, result, handIn.IsCited));
        }
    }

    private static void Write(Stream rows, HandInRow row)
    {
        JsonSerializer.Serialize(rows, new { prompt = row.Prompt, completion = row.Completion });
        rows.WriteByte((byte)'\n');
    }
}
