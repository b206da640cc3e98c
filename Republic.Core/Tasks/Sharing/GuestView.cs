using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Details;

namespace Republic.Core.Tasks.Sharing;

/// <summary>
/// Leaves out of tasks what is their owner's alone: costs, how minions' work stands, the chat that a task came from, and tasks and pictures
/// that the person may not see.
/// </summary>
internal static class GuestView
{
    /// <summary>The history as it is to be read: for others without changes that name costs, minions' work, or tasks outside of what is shared.</summary>
    public static IQueryable<TaskActivity> HistoryOf(IQueryable<TaskActivity> activities, bool isOwner) =>
        isOwner
            ? activities
            : activities.Where(a =>
                a.Kind != TaskActivityKind.Budget
                && a.Kind != TaskActivityKind.Parent
                && a.Kind != TaskActivityKind.DependencyAdded
                && a.Kind != TaskActivityKind.DependencyRemoved
                && a.Kind != TaskActivityKind.WorkBegun
                && a.Kind != TaskActivityKind.WorkRefused
                && a.Kind != TaskActivityKind.WorkFailed
                && a.Kind != TaskActivityKind.WorkStopped
                && a.Kind != TaskActivityKind.WorkWaiting
            );

    /// <summary>These tasks as the person may see them; their own are unchanged, and nothing is asked of the database for them.</summary>
    public static async Task<IReadOnlyList<TaskCard>> OfAsync(RepublicDb db, Guid me, IReadOnlyList<TaskCard> cards, CancellationToken ct)
    {
        var others = cards.Where(card => card.OwnerId != me).ToList();
        if (others.Count == 0)
        {
            return cards;
        }

        var named = others.SelectMany(card => card.Prerequisites).Select(other => other.Id).Distinct().ToList();
        var visible = await db.Tasks.VisibleTo(db, me).Where(t => named.Contains(t.Id)).Select(t => t.Id).ToHashSetAsync(ct);
        var pictured = await PicturedAsync(db, me, ct);
        return [.. cards.Select(card => card.OwnerId == me ? card : Limited(card))];

        TaskCard Limited(TaskCard card) =>
            card.WithPrerequisites([.. card.Prerequisites.Where(other => visible.Contains(other.Id))]) with
            {
                Budget = null,
                SourceConversationId = null,
                SourceMessageId = null,
                Working = false,
                Waiting = false,
                HasFailed = false,
                Assignee = card.Assignee is { } who ? Of(who, pictured) : null,
            };
    }

    /// <summary>The same task, without the pictures that the person may not see.</summary>
    public static async Task<TaskDetail> WithFacesAsync(RepublicDb db, Guid me, TaskDetail detail, CancellationToken ct)
    {
        var pictured = await PicturedAsync(db, me, ct);
        return detail with
        {
            HandIn = detail.HandIn is { } handIn ? Faced(handIn) : null,
            Comments = [.. detail.Comments.Select(Faced)],
            Activities =
            [
                .. detail.Activities.Select(activity => activity with { By = activity.By is { } who ? Of(who, pictured) : null }),
            ],
        };

        TaskCommentCard Faced(TaskCommentCard comment) => comment with { By = comment.By is { } who ? Of(who, pictured) : null };
    }

    /// <summary>The citizens that the person sees, of those who have a picture.</summary>
    private static Task<HashSet<Guid>> PicturedAsync(RepublicDb db, Guid me, CancellationToken ct) =>
        db.Citizens.VisibleTo(db, me).Where(c => c.AvatarImageId != null).Select(c => c.Id).ToHashSetAsync(ct);

    private static TaskCitizen Of(TaskCitizen who, HashSet<Guid> pictured) =>
        pictured.Contains(who.Id) ? who : who with { AvatarImageId = null };
}
