using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Profiles;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Probes;

namespace Republic.Core.Tasks.Work;

/// <summary>Reads all that a minion is told of its task.</summary>
internal sealed class TaskLoader(IDbContextFactory<RepublicDb> databases, TaskFileTexts files, TaskAbility ability)
{
    /// <summary>Of all comments together, in characters; the oldest are left out first.</summary>
    public const int LongestComments = 40_000;

    /// <param name="probing">Called before the model is probed, where it was not yet: that can take minutes.</param>
    public async Task<Outcome<TaskOrder>> LoadAsync(TaskAttempt attempt, Action probing, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minion = await db
            .Minions.AsNoTracking()
            .Live()
            .OwnedBy(attempt.OwnerId)
            .SingleOrDefaultAsync(m => m.Id == attempt.MinionId && m.Citizen.IsActive, ct);
        if (minion is null)
        {
            return Failure.Conflict("Its minion was deleted or paused. Give the task to another one.");
        }

        if (await db.Tasks.AsNoTracking().OwnedBy(attempt.OwnerId).SingleOrDefaultAsync(t => t.Id == attempt.TaskId, ct) is not { } task)
        {
            return Failure.NotFound("task");
        }

        var attachments = await db.TaskAttachments.AsNoTracking().Where(a => a.TaskId == task.Id).OrderBy(a => a.Id).ToListAsync(ct);
        var comments = await CommentsAsync(db, task, ct);
        var spent = await db.TaskAttempts.Where(a => a.TaskId == task.Id).SumAsync(a => a.Cost ?? 0, ct);
        var (said, omitted) = Newest(comments);
        var material = new TaskMaterial(task.Title, task.Description, task.Round)
        {
            Parent = await db.Tasks.Where(t => t.Id == task.ParentId).Select(t => t.Title).SingleOrDefaultAsync(ct),
            Comments = said,
            OmittedComments = omitted,
            Files = await files.ReadAsync(attachments, ct),
        };
        var character = Character.SystemPrompt(minion);
        var follows = (await ability.OfAsync([minion], ct))[minion.Id];
        if (follows is null)
        {
            probing();
            follows = await ability.ProbedAsync(minion, ct);
        }

        var prompt = follows == false ? TaskPrompt.Bare(material, character) : TaskPrompt.Of(material, character);
        return new TaskOrder(
            minion,
            prompt,
            TaskStartRules.BudgetOf(task) - spent,
            prompt.IsBare
                ? "Read the request as it stands, since its model does not follow tasks well"
                : $"Read the task, {Counted.Of(comments.Count, "comment")} and {Counted.Of(attachments.Count, "file")}"
        )
        {
            Said = [.. OwnWords(task), .. comments.Where(comment => comment.IsByOwner).Select(comment => comment.Text)],
            HasOthers = task.SourceMessageId is not null || attachments.Count > 0 || said.Any(comment => !comment.IsByOwner),
            IsShared = await db.TaskShares.AnyAsync(share => share.SubjectId == task.RootId, ct),
        };
    }

    /// <summary>A task that was made of a message has the words of that.</summary>
    private static IEnumerable<string> OwnWords(WorkTask task) =>
        task.SourceMessageId is null && task.CreatedBy == task.OwnerId ? [task.Title, task.Description ?? ""] : [];

    private static async Task<List<TaskSaid>> CommentsAsync(RepublicDb db, WorkTask task, CancellationToken ct)
    {
        var comments = await (
            from comment in db.TaskComments
            join citizen in db.Citizens on comment.CitizenId equals citizen.Id into citizens
            from author in citizens.DefaultIfEmpty()
            where comment.TaskId == task.Id
            orderby comment.Id
            select new
            {
                Author = author == null ? TaskCitizen.Former : author.DisplayName,
                comment.CitizenId,
                comment.Kind,
                comment.Content,
            }
        ).ToListAsync(ct);
        return comments.ConvertAll(comment => new TaskSaid(comment.Author, Words(comment.Kind), comment.Content)
        {
            IsByOwner = comment.CitizenId == task.OwnerId,
        });
    }

    private static (IReadOnlyList<TaskSaid> Said, int Omitted) Newest(List<TaskSaid> comments)
    {
        var (first, length) = (comments.Count, 0);
        while (first > 0 && length + comments[first - 1].Text.Length <= LongestComments)
        {
            first--;
            length += comments[first].Text.Length;
        }

        return (comments[first..], first);
    }

    internal static string Words(TaskCommentKind kind) =>
        kind switch
        {
            TaskCommentKind.HandIn => "handed in",
            TaskCommentKind.Blocked => "asked",
            _ => TaskSaid.Wrote,
        };
}
