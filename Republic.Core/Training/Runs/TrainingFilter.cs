using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Runs;

/// <summary>Which runs to list; what is null does not matter.</summary>
public sealed record TrainingFilter(TrainingStatus? Status = null, Guid? Minion = null, string? Words = null, RunOrigin? Origin = null)
{
    internal IQueryable<TrainingJob> Apply(RepublicDb db, IQueryable<TrainingJob> jobs)
    {
        if (Minion is { } minion)
        {
            jobs = jobs.Where(j => j.MinionId == minion);
        }

        if (Origin is { } origin)
        {
            jobs = jobs.Where(j => j.Origin == origin);
        }

        if (!string.IsNullOrWhiteSpace(Words))
        {
            var like = LikePattern.Containing(Words.Trim());
            jobs = jobs.Where(j => EF.Functions.ILike(j.Name, like, LikePattern.Escape));
        }

        if (Status is not { } status)
        {
            return jobs;
        }

        return WorkStatusOf(status) is { } work
            ? jobs.Where(j => db.Jobs.Any(w => w.Id == j.WorkId && w.Status == work))
            : jobs.Where(j => j.WorkId == null);
    }

    internal static TrainingStatus StatusOf(JobStatus? work) =>
        work switch
        {
            null => TrainingStatus.Pending,
            JobStatus.Queued => TrainingStatus.Queued,
            JobStatus.Running => TrainingStatus.Running,
            JobStatus.Completed => TrainingStatus.Completed,
            JobStatus.Cancelled => TrainingStatus.Stopped,
            JobStatus.Paused => TrainingStatus.Paused,
            _ => TrainingStatus.Failed,
        };

    private static JobStatus? WorkStatusOf(TrainingStatus status) =>
        status == TrainingStatus.Pending ? null : Enum.GetValues<JobStatus>().First(work => StatusOf(work) == status);
}
