using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.HandIns;

internal static class HandInQueries
{
    /// <summary>
    /// The attempts whose hand-ins are good: each the last hand-in of its task, which is done. Only people move a task to done.
    /// A hand-in of an earlier round was sent back, and a task that was given to somebody else was done by them.
    /// </summary>
    /// <param name="minion">Null for all minions.</param>
    public static IQueryable<TaskAttempt> GoodHandIns(this RepublicDb db, Guid owner, Guid? minion = null) =>
        from attempt in db.TaskAttempts.AsNoTracking().OwnedBy(owner)
        join task in db.Tasks on attempt.TaskId equals task.Id
        where
            task.OwnerId == owner
            && task.Status == WorkTaskStatus.Done
            && task.Round == attempt.Round
            && task.AssignedTo == attempt.MinionId
            && attempt.State == TurnState.Complete
            && !attempt.IsQuestion
            && attempt.CommentId != null
            && (minion == null || attempt.MinionId == minion)
            && !db.TaskAttempts.Any(later =>
                later.TaskId == task.Id && later.State == TurnState.Complete && !later.IsQuestion && later.Id > attempt.Id
            )
        select attempt;
}
