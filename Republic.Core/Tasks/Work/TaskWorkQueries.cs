using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Tasks.Work;

/// <summary>Where minions' work on tasks stands, as parts of other queries.</summary>
internal static class TaskWorkQueries
{
    /// <summary>Attempts that a node works on, or will.</summary>
    public static IQueryable<TaskAttempt> ActiveAttempts(this RepublicDb db) =>
        db
            .TaskAttempts.BeingWritten()
            .Where(a =>
                db.Jobs.Any(j =>
                    j.Kind == TaskSink.KindOfJob && j.Subject == a.Id && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
                )
            );

    /// <summary>Last attempts that failed, or whose job ended without them.</summary>
    public static IQueryable<TaskAttempt> FailedAttempts(this RepublicDb db)
    {
        var active = db.ActiveAttempts();
        return db.LastAttempts()
            .Where(a =>
                a.State == TurnState.Failed
                || a.State == TurnState.Interrupted
                || ((a.State == TurnState.Pending || a.State == TurnState.Streaming) && !active.Any(working => working.Id == a.Id))
            );
    }

    /// <summary>Tasks that go on when their person does something: a minion asked, or waits for a tool call to be allowed, or somebody else handed in.</summary>
    public static IQueryable<WorkTask> WaitingForOwner(this IQueryable<WorkTask> tasks, RepublicDb db)
    {
        var asked = db.LastAttempts().Where(a => a.State == TurnState.Waiting || (a.State == TurnState.Complete && a.IsQuestion));
        return tasks.Where(t =>
            (t.Status == WorkTaskStatus.Review && t.AssignedTo != null && t.AssignedTo != t.OwnerId)
            || (t.Status == WorkTaskStatus.InProgress && asked.Any(a => a.TaskId == t.Id && a.MinionId == t.AssignedTo))
        );
    }

    private static IQueryable<TaskAttempt> LastAttempts(this RepublicDb db) =>
        db.TaskAttempts.Where(a => !db.TaskAttempts.Any(later => later.TaskId == a.TaskId && later.Id > a.Id));
}
