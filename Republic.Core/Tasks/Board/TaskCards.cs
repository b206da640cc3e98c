using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Sharing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Board;

/// <summary>Reads a person's tasks, and those that others share with them.</summary>
public sealed class TaskCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;
    public const int MostOfColumn = 50;

    /// <summary>One page of the tasks, newest first.</summary>
    /// <param name="before">The last id of the previous page; null for the first.</param>
    public async Task<IReadOnlyList<TaskCard>> ListAsync(Guid me, TaskQuery query, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Ids are ordered by the time they were made.
        var found = Matching(db, me, query).Where(t => before == null || t.Id < before);
        var cards = await ReadAsync(db, found.OrderByDescending(t => t.Id).Take(Math.Clamp(limit, 1, MaxPage)), ct);
        return await WithDescriptionsAsync(db, await GuestView.OfAsync(db, me, cards, ct), ct);
    }

    /// <summary>The first tasks of each column of the board, in their order, and how many there are.</summary>
    public async Task<IReadOnlyList<TaskColumn>> BoardAsync(Guid me, TaskQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var counts = await Matching(db, me, query)
            .GroupBy(t => t.Status)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        // First the ids alone: each of the queries for cards would find and sort the tasks of a column anew.
        var ids = await TaskColumn
            .OfBoard.Select(status =>
                Matching(db, me, query)
                    .Where(t => t.Status == status)
                    .OrderBy(t => t.Position)
                    .ThenBy(t => t.Id)
                    .Take(MostOfColumn)
                    .Select(t => t.Id)
            )
            .Aggregate((one, other) => one.Concat(other))
            .ToListAsync(ct);
        var found = await ReadAsync(db, db.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id)), ct);
        var cards = (await GuestView.OfAsync(db, me, found, ct))
            .OrderBy(card => card.Position)
            .ThenBy(card => ids.IndexOf(card.Id))
            .ToLookup(card => card.Status);
        return [.. TaskColumn.OfBoard.Select(status => new TaskColumn(status, [.. cards[status]], counts.GetValueOrDefault(status)))];
    }

    /// <summary>How much waits for the person.</summary>
    public async Task<TasksWaiting> CountWaitingAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return new TasksWaiting(await Waiting(db, me).CountAsync(ct), await Invitations(db, me).CountAsync(ct));
    }

    internal static IQueryable<WorkTask> Waiting(RepublicDb db, Guid me) => Matching(db, me, new TaskQuery { IsWaiting = true });

    internal static IQueryable<TaskShare> Invitations(RepublicDb db, Guid me) =>
        db.TaskShares.Where(s => s.PersonId == me && s.AcceptedAt == null);

    /// <summary>A task of the person's own, for what its owner alone may see or do.</summary>
    public async Task<Outcome<TaskCard>> FindOwnAsync(Guid me, Guid id, CancellationToken ct)
    {
        var found = await FindAsync(me, id, ct);
        return found.Ok && found.Value.OwnerId != me ? Failure.NotFound("task") : found;
    }

    /// <summary>A task of the person's own, or one that is shared with them.</summary>
    public async Task<Outcome<TaskCard>> FindAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var tasks = db.Tasks.AsNoTracking().VisibleTo(db, me).Where(t => t.Id == id);
        var cards = await GuestView.OfAsync(db, me, await ReadAsync(db, tasks, ct), ct);
        return await WithDescriptionsAsync(db, cards, ct) is [var card] ? card : Failure.NotFound("task");
    }

    /// <summary>The id of a task of the person's own by its number, 53 for T-53.</summary>
    public async Task<Outcome<Guid>> FindNumberAsync(Guid me, int number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = await db.Tasks.OwnedBy(me).Where(t => t.Number == number).Select(t => t.Id).ToListAsync(ct);
        return ids is [var id] ? id : Failure.NotFound("task");
    }

    private static async Task<IReadOnlyList<TaskCard>> WithDescriptionsAsync(
        RepublicDb db,
        IReadOnlyList<TaskCard> cards,
        CancellationToken ct
    )
    {
        var ids = cards.Select(card => card.Id).ToList();
        var texts = await db.Tasks.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Description, ct);
        return [.. cards.Select(card => card with { Description = texts.GetValueOrDefault(card.Id) })];
    }

    /// <summary>One page of a task's comments, oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<TaskComment>>> CommentsAsync(Guid me, Guid id, int limit, Guid? after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Tasks.VisibleTo(db, me).AnyAsync(t => t.Id == id, ct))
        {
            return Failure.NotFound("task");
        }

        var comments = await db
            .TaskComments.AsNoTracking()
            .Where(c => c.TaskId == id && (after == null || c.Id > after))
            .OrderBy(c => c.Id)
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
        return Outcome<IReadOnlyList<TaskComment>>.Of(comments);
    }

    /// <summary>The files of a task, oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<TaskAttachment>>> AttachmentsAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Tasks.VisibleTo(db, me).AnyAsync(t => t.Id == id, ct))
        {
            return Failure.NotFound("task");
        }

        var files = await db.TaskAttachments.AsNoTracking().Where(a => a.TaskId == id).OrderBy(a => a.Id).ToListAsync(ct);
        return Outcome<IReadOnlyList<TaskAttachment>>.Of(files);
    }

    internal static IQueryable<WorkTask> Matching(RepublicDb db, Guid me, TaskQuery query)
    {
        // Most boards are one's own alone, which is the faster question.
        var all = db.Tasks.AsNoTracking();
        var tasks =
            query.IsShared ? all.SharedWith(db, me)
            : query.AssignedTo == me ? all.VisibleTo(db, me)
            : all.OwnedBy(me);
        tasks = query.Status is { } status ? tasks.Where(t => t.Status == status) : tasks.Where(t => t.Status != WorkTaskStatus.Archived);
        tasks = query.AssignedTo is { } citizen ? tasks.Where(t => t.AssignedTo == citizen) : tasks;
        tasks = query.ParentId is { } parent ? tasks.Where(t => t.ParentId == parent) : tasks;
        tasks = query.Label is { } label ? tasks.Where(t => t.Labels.Contains(label)) : tasks;
        tasks = query.Priority is { } priority ? tasks.Where(t => t.Priority == priority) : tasks;
        tasks = query.DueBefore is { } due ? tasks.Where(t => t.DueAt < due && t.Status != WorkTaskStatus.Done) : tasks;
        // A task of somebody else may wait for one that they do not show: that it waits would tell of it.
        var blockers = query.IsShared || query.AssignedTo == me ? db.Tasks.VisibleTo(db, me) : db.Tasks;
        tasks = query.IsBlocked
            ? tasks.Where(t =>
                t.Status != WorkTaskStatus.Done
                && t.Dependencies.Any(d => blockers.Any(other => other.Id == d.DependsOnId && other.Status != WorkTaskStatus.Done))
            )
            : tasks;
        // What is handed in of another's task waits for that owner, not for the person whom it is shared with.
        tasks = query.IsWaiting ? tasks.OwnedBy(me).WaitingForOwner(db) : tasks;
        foreach (var word in SearchWords.Of(query.Words))
        {
            var like = LikePattern.Containing(word);
            var number = NumberIn(word);
            tasks = tasks.Where(t =>
                EF.Functions.ILike(t.Title, like, LikePattern.Escape)
                || EF.Functions.ILike(t.Description ?? "", like, LikePattern.Escape)
                || t.Number == number
            );
        }

        return tasks;
    }

    internal static async Task<List<TaskCard>> ReadAsync(RepublicDb db, IQueryable<WorkTask> tasks, CancellationToken ct)
    {
        var cards = Cards(db, tasks, db.ActiveAttempts(), db.FailedAttempts(), db.Tasks.WaitingForOwner(db));
        return (await cards.ToListAsync(ct)).ConvertAll(card => card.WithPrerequisites(card.Prerequisites));
    }

    private static IQueryable<TaskCard> Cards(
        RepublicDb db,
        IQueryable<WorkTask> tasks,
        IQueryable<TaskAttempt> active,
        IQueryable<TaskAttempt> failed,
        IQueryable<WorkTask> waiting
    ) =>
        // In one query each task would come once for each that it waits for.
        from task in tasks.AsSplitQuery()
        join citizen in db.Citizens on task.AssignedTo equals citizen.Id into citizens
        from assignee in citizens.DefaultIfEmpty()
        join chat in db.Conversations on task.SourceConversationId equals (Guid?)chat.Id into chats
        from source in chats.DefaultIfEmpty()
        select new TaskCard
        {
            Id = task.Id,
            Number = task.Number,
            Title = task.Title,
            Status = task.Status,
            OwnerId = task.OwnerId,
            RootId = task.RootId,
            CreatedBy = task.CreatedBy,
            AssignedTo = task.AssignedTo,
            AssignedBy = task.AssignedBy,
            AssignedAt = task.AssignedAt,
            ParentId = task.ParentId,
            SourceConversationId = (Guid?)source.Id,
            SourceMessageId = source == null ? null : task.SourceMessageId,
            Level = task.Level,
            DependsOn = Array.Empty<Guid>(),
            BlockedBy = Array.Empty<Guid>(),
            Prerequisites = (
                from dependency in task.Dependencies
                join other in db.Tasks on dependency.DependsOnId equals other.Id
                orderby dependency.CreatedAt, dependency.DependsOnId
                select new TaskPrerequisite(other.Id, other.Number, other.Status == WorkTaskStatus.Done)
            ).ToList(),
            Position = task.Position,
            Priority = task.Priority,
            DueAt = task.DueAt,
            Labels = task.Labels,
            Capability = task.Capability,
            Budget = task.Budget,
            Round = task.Round,
            Children = db.Tasks.Count(part => part.ParentId == task.Id && part.Status != WorkTaskStatus.Archived),
            ChildrenDone = db.Tasks.Count(part => part.ParentId == task.Id && part.Status == WorkTaskStatus.Done),
            Comments = db.TaskComments.Count(comment => comment.TaskId == task.Id),
            Attachments = db.TaskAttachments.Count(file => file.TaskId == task.Id),
            Working = active.Any(a => a.TaskId == task.Id),
            Waiting = waiting.Any(t => t.Id == task.Id),
            HasFailed = task.Status == WorkTaskStatus.InProgress && failed.Any(a => a.TaskId == task.Id && a.MinionId == task.AssignedTo),
            CreatedAt = task.CreatedAt,
            UpdatedAt = task.UpdatedAt,
            Assignee =
                assignee == null
                    ? null
                    : new TaskCitizen(assignee.Id, assignee.Kind, assignee.DisplayName, assignee.Avatar, assignee.AvatarImageId),
        };

    internal static int? NumberIn(string word) =>
        int.TryParse(
            word.StartsWith("T-", StringComparison.OrdinalIgnoreCase) ? word.AsSpan(2) : word,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
