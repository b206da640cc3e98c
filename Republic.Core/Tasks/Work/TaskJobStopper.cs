using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Work;

/// <summary>Ends the attempt of a stopped job, and says in the history of its task who stopped it.</summary>
internal sealed class TaskJobStopper(RepublicDb db, TaskChanges changes, TaskStarts starts) : IJobStopper
{
    public string Kind => TaskSink.KindOfJob;

    public async Task<Failure?> StopAsync(Guid owner, Guid subject, JobStop stop, CancellationToken ct)
    {
        var task = await db.TaskAttempts.OwnedBy(owner).Where(a => a.Id == subject).Select(a => (Guid?)a.TaskId).SingleOrDefaultAsync(ct);
        return task is { } id
            ? (await changes.ChangeAsync(owner, owner, id, change => StopAsync(change, stop, ct), ct)).Failure
            : Failure.NotFound("attempt");
    }

    private Task<Failure?> StopAsync(TaskChange change, JobStop stop, CancellationToken ct)
    {
        change.Audited.Add((stop.By, AuditActions.JobStopped, stop.Subject));
        return starts.StopAsync(change, stop.Why, ct);
    }
}
