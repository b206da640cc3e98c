using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Training.Runs;

public static class TrainingQueries
{
    /// <summary>The person's that wait or work.</summary>
    public static IQueryable<TrainingJob> UnderWay(this IQueryable<TrainingJob> jobs, RepublicDb db, Guid owner) =>
        jobs.OwnedBy(owner)
            .Where(job =>
                db.Jobs.Any(work => work.Id == job.WorkId && (work.Status == JobStatus.Queued || work.Status == JobStatus.Running))
            );
}
