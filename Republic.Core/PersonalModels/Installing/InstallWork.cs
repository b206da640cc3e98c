using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>
/// Brings a model from its source into use, stage by stage. The row says which stage is next, so that after a kill, a pause or a failure it
/// goes on with that one.
/// </summary>
internal sealed class InstallWork(
    IDbContextFactory<RepublicDb> databases,
    JobFence fence,
    IEnumerable<IInstallStage> stages,
    PersonalModelStore store
) : IJobWork
{
    public const string KindOfJob = "personal_model";

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

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
                return new JobResult((_, _) => Task.CompletedTask, () => { });
            }

            var came = await stage.RunAsync(run, model, ct);
            if (came.Next is null)
            {
                return JobResult.After(new JobDeferral(Moment, "Waits for its turn", run.Job.Input ?? "{}"));
            }

            await fence.WriteAsync(run, async (db, end) => came = await SaveAsync(db, model.Id, state, came, end), ct);
            store.Changed(model);
            if (came.Error is { } error)
            {
                return came.Next == ModelState.Paused ? new Failure(FailureKind.OverBudget, error, []) : Failure.Conflict(error);
            }
        }
    }

    /// <returns>What came of the stage in the end.</returns>
    private async Task<StageResult> SaveAsync(RepublicDb db, Guid id, ModelState state, StageResult came, CancellationToken ct)
    {
        if (await db.PersonalModels.SingleOrDefaultAsync(m => m.Id == id, ct) is not { } model)
        {
            return came;
        }

        if (await came.Save(db, model, ct) is { } failure)
        {
            db.ChangeTracker.Clear();
            model = await db.PersonalModels.SingleAsync(m => m.Id == id, ct);
            came = StageResult.Failed(failure.Message);
        }

        var now = store.Now;
        (model.State, model.Error, model.AllowableHost) = (
            came.Next!.Value,
            came.Error?.AtMost(PersonalModelTable.MaxError),
            came.AllowableHost
        );
        model.StoppedAt = came.Error is null ? null : came.GoesOnAt ?? state;
        model.Stages = new Dictionary<ModelState, DateTimeOffset>(model.Stages) { [model.State] = now };
        model.UpdatedAt = now;
        await db.SaveChangesAsync(ct);
        return came;
    }

    private async Task<PersonalModel?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonalModels.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
    }
}
