using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Versions;

namespace Republic.Core.Interactions;

/// <summary>Puts the version that a run made into use.</summary>
public sealed class InteractionDeploy(RepublicDb db, MinionVersions versions)
{
    /// <param name="insists">Also where the gate did not promote it.</param>
    public async Task<Outcome<ChosenVersion>> DeployAsync(Guid owner, Guid run, bool insists, CancellationToken ct)
    {
        if (await db.TrainingJobs.OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(job => job.Id == run, ct) is not { } job)
        {
            return Failure.NotFound("training job");
        }

        if (job.Report is not { } report)
        {
            return Failure.Conflict("This run is not done, so there is no version to deploy. Wait for its report.");
        }

        if (!report.Promoted && !insists)
        {
            return Failure.Conflict(
                $"The gate did not promote version {report.Version}: {report.Conclusion} Send insist: true to deploy it all the same."
            );
        }

        return await versions.ChooseAsync(owner, job.MinionId, report.Version, ct);
    }
}
