using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Details;

/// <summary>Reads one task with all that its page shows to a person.</summary>
public sealed class TaskDetails(IDbContextFactory<RepublicDb> databases, TaskCards cards, TaskChoices choices, TaskShareCards shares)
{
    public const int MostActivities = 200;
    public const int MostComments = 50;

    /// <summary>A task of the person's own, for what its owner alone may do.</summary>
    public async Task<Outcome<TaskDetail>> FindOwnAsync(Guid me, Guid id, CancellationToken ct)
    {
        var found = await FindAsync(me, id, ct);
        return found is { Ok: true, Value.IsOwner: false } ? Failure.NotFound("task") : found;
    }

    /// <summary>A task of the person's own, or one that is shared with them.</summary>
    public Task<Outcome<TaskDetail>> FindAsync(Guid me, Guid id, CancellationToken ct) =>
        FindAsync(me, id, until: null, isCommentsOnly: false, ct);

    /// <inheritdoc cref="FindAsync(Guid, Guid, CancellationToken)"/>
    /// <param name="until">The comment or activity that is shown last; null for the newest.</param>
    public async Task<Outcome<TaskDetail>> FindAsync(Guid me, Guid id, Guid? until, bool isCommentsOnly, CancellationToken ct)
    {
        var found = await cards.FindAsync(me, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var task = found.Value;
        var isOwner = task.OwnerId == me;
        var ancestors = await AncestorsAsync(db, me, task.ParentId, ct);
        var comments = await CommentsAsync(db, id, until, ct);
        List<TaskActivityCard> activities = isCommentsOnly ? [] : await ActivitiesAsync(db, id, until, isOwner, ct);
        // A page ends where there is no place for one more of either: what comes before that is on the next, of both.
        Guid? earlier = new[] { comments.ElementAtOrDefault(MostComments)?.Id, activities.ElementAtOrDefault(MostActivities)?.Id }.Max();
        var detail = new TaskDetail
        {
            Task = task,
            SharedBy = isOwner
                ? null
                : await db.Citizens.Where(c => c.Id == task.OwnerId).Select(c => c.DisplayName).SingleOrDefaultAsync(ct) ?? "",
            Shares = isOwner ? (await shares.ListAsync(me, id, ct)).Value ?? [] : [],
            Ancestors = ancestors,
            Parts = await PartsAsync(db, me, id, ct),
            WaitsFor = await LinksAsync(
                db.Tasks.VisibleTo(db, me).Where(t => db.TaskDependencies.Any(d => d.TaskId == id && d.DependsOnId == t.Id)),
                ct
            ),
            HoldsUp = await LinksAsync(db.Tasks.VisibleTo(db, me).Where(t => t.Dependencies.Any(d => d.DependsOnId == id)), ct),
            HandIn = task.Status == WorkTaskStatus.Review ? await HandInAsync(db, id, ct) : null,
            Comments = [.. comments.Where(comment => earlier is null || comment.Id > earlier).Reverse()],
            Activities = [.. activities.Where(activity => earlier is null || activity.Id > earlier).Reverse()],
            Earlier = earlier,
            Files = await db.TaskAttachments.AsNoTracking().Where(a => a.TaskId == id).OrderBy(a => a.Id).ToListAsync(ct),
            Assignable = isOwner ? await choices.AssignableAsync(me, task.RootId, ct) : [],
            Offered = isOwner ? await OfferedAsync(me, task, ancestors, ct) : [],
        };
        return await GuestView.WithFacesAsync(db, me, detail, ct);
    }

    private async Task<IReadOnlyList<TaskLink>> OfferedAsync(
        Guid me,
        TaskCard task,
        IReadOnlyList<TaskLink> ancestors,
        CancellationToken ct
    ) =>
        [
            .. (await choices.OfferedAsync(me, ct)).Where(other =>
                other.Id != task.Id && !task.DependsOn.Contains(other.Id) && !ancestors.Contains(other)
            ),
        ];

    private static async Task<IReadOnlyList<TaskLink>> AncestorsAsync(RepublicDb db, Guid me, Guid? parent, CancellationToken ct)
    {
        List<TaskLink> ancestors = [];
        while (
            parent is { } above
            && await db
                .Tasks.VisibleTo(db, me)
                .Where(t => t.Id == above)
                .Select(t => new
                {
                    t.Id,
                    t.Number,
                    t.Title,
                    t.Status,
                    t.ParentId,
                })
                .SingleOrDefaultAsync(ct)
                is { } task
        )
        {
            ancestors.Insert(0, new TaskLink(task.Id, task.Number, task.Title, task.Status));
            parent = task.ParentId;
        }

        return ancestors;
    }

    private static async Task<IReadOnlyList<TaskCard>> PartsAsync(RepublicDb db, Guid me, Guid id, CancellationToken ct)
    {
        var parts = db.Tasks.AsNoTracking().VisibleTo(db, me).Where(t => t.ParentId == id);
        var cards = await GuestView.OfAsync(db, me, await TaskCards.ReadAsync(db, parts, ct), ct);
        return [.. cards.OrderBy(part => part.Number)];
    }

    private static async Task<IReadOnlyList<TaskLink>> LinksAsync(IQueryable<WorkTask> tasks, CancellationToken ct) =>
        await tasks.OrderBy(t => t.Number).Select(t => new TaskLink(t.Id, t.Number, t.Title, t.Status)).ToListAsync(ct);

    /// <summary>The newest first, and one more than a page has.</summary>
    private static Task<List<TaskCommentCard>> CommentsAsync(RepublicDb db, Guid id, Guid? until, CancellationToken ct) =>
        Comments(db, db.TaskComments.Where(c => c.TaskId == id && (until == null || c.Id <= until))).Take(MostComments + 1).ToListAsync(ct);

    private static Task<TaskCommentCard?> HandInAsync(RepublicDb db, Guid id, CancellationToken ct) =>
        Comments(db, db.TaskComments.Where(c => c.TaskId == id && c.Kind == TaskCommentKind.HandIn)).FirstOrDefaultAsync(ct);

    /// <summary>The newest first.</summary>
    private static IQueryable<TaskCommentCard> Comments(RepublicDb db, IQueryable<TaskComment> comments) =>
        from comment in comments
        join citizen in db.Citizens on comment.CitizenId equals citizen.Id into citizens
        from author in citizens.DefaultIfEmpty()
        orderby comment.Id descending
        select new TaskCommentCard(
            comment.Id,
            comment.Kind,
            comment.Content,
            author == null ? null : new TaskCitizen(author.Id, author.Kind, author.DisplayName, author.Avatar, author.AvatarImageId),
            comment.CreatedAt,
            comment.UpdatedAt
        );

    /// <summary>The newest first, and one more than a page has.</summary>
    private static Task<List<TaskActivityCard>> ActivitiesAsync(RepublicDb db, Guid id, Guid? until, bool isOwner, CancellationToken ct) =>
        (
            from activity in GuestView.HistoryOf(db.TaskActivities, isOwner)
            join citizen in db.Citizens on activity.CitizenId equals citizen.Id into citizens
            from actor in citizens.DefaultIfEmpty()
            where activity.TaskId == id && (until == null || activity.Id <= until)
            orderby activity.Id descending
            select new TaskActivityCard(
                activity.Id,
                activity.Kind,
                activity.Before,
                activity.After,
                activity.CreatedAt,
                actor == null ? null : new TaskCitizen(actor.Id, actor.Kind, actor.DisplayName, actor.Avatar, actor.AvatarImageId)
            )
        )
            .Take(MostActivities + 1)
            .ToListAsync(ct);
}
