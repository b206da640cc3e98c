using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Starts, pauses and resumes the installation of a model, and tests an installed one again.</summary>
public sealed class InstallControl(
    RepublicDb db,
    PersonalModelStore store,
    PersonalModelCards cards,
    ModelVerdicts verdicts,
    JobControl jobs,
    AuditLog audit
)
{
    /// <summary>Pauses a download, whose bytes on the disk are kept, or a quantization, which begins anew when it is resumed.</summary>
    public async Task<Outcome<Guid>> PauseAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await db.PersonalModels.OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        if (model.State is not (ModelState.Pending or ModelState.Checking or ModelState.Downloading or ModelState.Quantizing))
        {
            return Failure.Conflict(
                model.State == ModelState.Paused
                    ? "This model is paused already."
                    : "Only a download or a quantization can be paused, and this model is in neither."
            );
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The job is cancelled first, because it writes this row as well.
        var cancelled = await CancelAsync(model, ct);
        await db.Database.ExecuteSqlAsync($"select 1 from user_personal_models where id = {id} for update", ct);
        await db.Entry(model).ReloadAsync(ct);
        // A concurrent request may have paused and resumed it: then another job is running, which must not be left behind.
        if (cancelled is not [{ Status: JobStatus.Cancelled } job] || job.Id != model.JobId)
        {
            return Failure.Conflict("It has just ended. Reload the page to see its result.");
        }

        if (model.State == ModelState.Paused)
        {
            return id;
        }

        (model.StoppedAt, model.State, model.Error) = (model.State, ModelState.Paused, null);
        model.UpdatedAt = store.Now;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        PublishEnd(cancelled);
        store.Changed(model);
        return id;
    }

    /// <summary>Continues at the stage that stopped, or was held.</summary>
    public async Task<Outcome<Guid>> ResumeAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var job = await db.PersonalModels.OwnedBy(owner).Where(m => m.Id == id).Select(m => m.JobId).SingleOrDefaultAsync(ct);
        return await jobs.GoOnAsync(owner, job, ct)
            ? id
            : await BeginAsync(
                owner,
                id,
                model =>
                    model.State is ModelState.Paused or ModelState.Failed
                        ? null
                        : Failure.Conflict(
                            model.State == ModelState.Ready
                                ? "This model is ready; there is nothing to resume."
                                : "This model is being installed already."
                        ),
                model => model.State = model.StoppedAt ?? ModelState.Checking,
                action: null,
                ct
            );
    }

    /// <summary>Continues although the model may not fit into memory; from now on the model host loads it all the same.</summary>
    public async Task<Outcome<Guid>> LoadAnywayAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var found = await cards.FindAsync(owner, id, ct);
        var fits = found.Ok && !ModelVerdicts.IsTooLarge(found.Value, await verdicts.OfAsync(found.Value, ct));
        return await BeginAsync(
            owner,
            id,
            model =>
                model.State is not (ModelState.Failed or ModelState.Paused)
                    ? Failure.Conflict("This model has not stopped, so there is nothing to override.")
                : fits ? Failure.Conflict("The memory does not keep this model from being loaded. Resume it.")
                : null,
            model => (model.LoadAnyway, model.State) = (true, model.StoppedAt ?? ModelState.Checking),
            AuditActions.ModelLoadedAnyway,
            ct
        );
    }

    /// <summary>Loads the model, asks it a question, and measures that.</summary>
    public Task<Outcome<Guid>> TestAsync(Guid owner, Guid id, CancellationToken ct) =>
        BeginAsync(
            owner,
            id,
            model =>
                model.State == ModelState.Ready
                    ? null
                    : Failure.Conflict("Only a model that is ready can be tested. Resume it first, or wait until it is ready."),
            model =>
            {
                model.State = ModelState.Testing;
                // Those of the installation would last until this test.
                model.Stages = new Dictionary<ModelState, DateTimeOffset> { [ModelState.Testing] = store.Now };
            },
            action: null,
            ct
        );

    /// <param name="action">What the audit log says of it; null for nothing.</param>
    private async Task<Outcome<Guid>> BeginAsync(
        Guid owner,
        Guid id,
        Func<PersonalModel, Failure?> refuse,
        Action<PersonalModel> change,
        string? action,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await EndPausedAsync(owner, id, ct);
        // A second, concurrent request waits here for the first, and then sees the job that the first has started.
        var model = await db
            .PersonalModels.FromSql($"select * from user_personal_models where id = {id} and owner_id = {owner} for update")
            .SingleOrDefaultAsync(ct);
        if (model is null)
        {
            return Failure.NotFound("model");
        }

        if (!IsOver(model) && !await IsUnderWayAsync(model, ct))
        {
            (model.StoppedAt, model.State) = (model.State, ModelState.Failed);
        }

        if (refuse(model) is { } refused)
        {
            return refused;
        }

        change(model);
        (model.StoppedAt, model.Error, model.AllowableHost) = (null, null, null);
        var job = Order(model);
        model.UpdatedAt = store.Now;
        await audit.CommitAsync(db, action, model.Name, ct);
        await StartAsync(job);
        return id;
    }

    /// <summary>Ends the former job where a source that failed or a full disk paused it: another one goes on in its place.</summary>
    private Task<int> EndPausedAsync(Guid owner, Guid model, CancellationToken ct) =>
        db
            .Jobs.OwnedBy(owner)
            .Where(j => j.Subject == model && j.Status == JobStatus.Paused)
            .ExecuteUpdateAsync(
                set => set.SetProperty(j => j.Status, JobStatus.Cancelled).SetProperty(j => j.FinishedAt, (DateTimeOffset?)store.Now),
                ct
            );

    /// <summary>Adds a job to the changes that are saved next; once they are saved, <see cref="StartAsync"/> starts it.</summary>
    internal Job Order(PersonalModel model)
    {
        var job = jobs.Add(db, model.OwnerId, InstallWork.KindOfJob, model.Id);
        model.JobId = job.Id;
        return job;
    }

    /// <summary>
    /// Whether a job is at it. Its state does not always tell: the job may have failed for good, or its process died before the result was
    /// saved.
    /// </summary>
    internal async Task<bool> IsUnderWayAsync(PersonalModel model, CancellationToken ct) =>
        !IsOver(model)
        && await db.Jobs.AnyAsync(j => j.Id == model.JobId && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running), ct);

    private static bool IsOver(PersonalModel model) => model.State is ModelState.Ready or ModelState.Paused or ModelState.Failed;

    internal Task StartAsync(Job job) => jobs.StartAsync(job);

    internal Task AfterCommitAsync(Func<CancellationToken, Task> step) => jobs.After.RunAsync(step);

    /// <summary>Cancels the model's job in the caller's transaction; once that is committed, <see cref="PublishEnd"/> says so.</summary>
    internal Task<IReadOnlyList<Job>> CancelAsync(PersonalModel model, CancellationToken ct) =>
        JobControl.CancelInAsync(db, model.OwnerId, [model.JobId], why: null, ct);

    internal void PublishEnd(IReadOnlyList<Job> cancelled) => jobs.PublishEnd(cancelled);
}
