using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>
/// Installs a model, stage by stage. The row holds the current stage, with which the work continues after a kill, a pause or a failure.
/// </summary>
internal sealed class InstallWork(
    IDbContextFactory<RepublicDb> databases,
    JobFence fence,
    IEnumerable<IInstallStage> stages,
    PersonalModelStore store
) : IJobWork
{
    public const string KindOfJob = "personal_model";

    private static readonly TimeSpan TurnDelay = TimeSpan.FromSeconds(1);

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        while (true)
        {
            if (await FindAsync(run.Job.Subject, ct) is not { } model)
            {
                return Failure.NotFound("model");
            }

            var state = model.State == ModelState.Pending ? ModelState.Checking : model.State;
            if (stages.FirstOrDefault(stage => stage.State == state) is not { } stage)
            {
                return JobResult.Nothing;
            }

            var result = await stage.RunAsync(run, model, ct);
            if (result.Next is null)
            {
                return JobResult.After(new JobDeferral(TurnDelay, "Waits for its turn", run.Job.Input ?? "{}"));
            }

            await fence.WriteAsync(
                run,
                async (db, end) =>
                {
                    await JobFence.ForgiveAsync(db, run, end);
                    result = await SaveAsync(db, model.Id, state, result, end);
                },
                ct
            );
            store.Changed(model);
            if (result.Error is { } error)
            {
                return result.Next == ModelState.Paused ? new Failure(FailureKind.OverBudget, error, []) : Failure.Conflict(error);
            }
        }
    }

    /// <returns>The result of the stage, which is a failure where saving it was refused.</returns>
    private async Task<StageResult> SaveAsync(RepublicDb db, Guid id, ModelState state, StageResult result, CancellationToken ct)
    {
        if (await db.PersonalModels.SingleOrDefaultAsync(m => m.Id == id, ct) is not { } model)
        {
            return result;
        }

        if (await result.Save(db, model, ct) is { } failure)
        {
            db.ChangeTracker.Clear();
            model = await db.PersonalModels.SingleAsync(m => m.Id == id, ct);
            result = StageResult.Failed(failure.Message);
        }

        var now = store.Now;
        (model.State, model.Error, model.AllowableHost) = (
            result.Next!.Value,
            result.Error?.AtMost(PersonalModelTable.MaxError),
            result.AllowableHost
        );
        model.StoppedAt = result.Error is null ? null : result.ResumeAt ?? state;
        model.Stages = new Dictionary<ModelState, DateTimeOffset>(model.Stages) { [model.State] = now };
        model.UpdatedAt = now;
        await db.SaveChangesAsync(ct);
        return result;
    }

    private async Task<PersonalModel?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonalModels.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
    }
}
