using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Starts, pauses and resumes the work that brings a model into use, and tests it again.</summary>
public sealed class InstallControl(RepublicDb db, PersonalModelStore store, JobControl jobs, AuditLog audit)
{
    /// <summary>Stops it for a while; what is here of its file is kept.</summary>
    public async Task<Outcome<Guid>> PauseAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await db.PersonalModels.OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        if (model.State is not (ModelState.Pending or ModelState.Checking or ModelState.Downloading))
        {
            return Failure.Conflict(
                model.State == ModelState.Paused ? "It is paused already." : "Only a download can be paused, and this one is over."
            );
        }

        // The work is ended first: it writes this row as well, and must not do so any more.
        var cancelled = await EndAsync(model, ct);
        await db.Entry(model).ReloadAsync(ct);
        if (!cancelled.Ok || cancelled.Value.Status != JobStatus.Cancelled)
        {
            return Failure.Conflict("The download ended just now. Reload the page.");
        }

        if (model.State == ModelState.Paused)
        {
            return id;
        }

        (model.StoppedAt, model.State, model.Error) = (model.State, ModelState.Paused, null);
        model.UpdatedAt = store.Now;
        await db.SaveChangesAsync(ct);
        store.Changed(model);
        return id;
    }

    /// <summary>Goes on where it stopped, or tries that again.</summary>
    public async Task<Outcome<Guid>> ResumeAsync(Guid owner, Guid id, CancellationToken ct) =>
        await BeginAsync(
            owner,
            id,
            model =>
                model.State is ModelState.Paused or ModelState.Failed
                    ? null
                    : Failure.Conflict(model.State == ModelState.Ready ? "It is ready; there is nothing to resume." : "It is under way."),
            model => model.State = model.StoppedAt ?? ModelState.Checking,
            ct
        );

    /// <summary>Goes on though it may not fit into memory; from now on the model host loads it all the same.</summary>
    public async Task<Outcome<Guid>> LoadAnywayAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var begun = await BeginAsync(
            owner,
            id,
            model => model.State is ModelState.Failed or ModelState.Paused ? null : Failure.Conflict("Nothing keeps it from being loaded."),
            model => (model.LoadAnyway, model.State) = (true, model.StoppedAt ?? ModelState.Checking),
            ct
        );
        if (begun.Ok)
        {
            await audit.WriteAsync(
                AuditActions.ModelLoadedAnyway,
                await db.PersonalModels.Where(m => m.Id == id).Select(m => m.Name).SingleAsync(ct)
            );
        }

        return begun;
    }

    /// <summary>Loads it, asks it something, and measures that.</summary>
    public Task<Outcome<Guid>> TestAsync(Guid owner, Guid id, CancellationToken ct) =>
        BeginAsync(
            owner,
            id,
            model =>
                model.State == ModelState.Ready ? null : Failure.Conflict("Only a model that is ready can be tested. Resume it first."),
            model => model.State = ModelState.Testing,
            ct
        );

    private async Task<Outcome<Guid>> BeginAsync(
        Guid owner,
        Guid id,
        Func<PersonalModel, Failure?> refuse,
        Action<PersonalModel> change,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Pressed twice: the second waits here, and finds what the first has begun.
        var model = await db
            .PersonalModels.FromSql($"select * from user_personal_models where id = {id} and owner_id = {owner} for update")
            .SingleOrDefaultAsync(ct);
        if (model is null)
        {
            return Failure.NotFound("model");
        }

        var isOver = model.State is ModelState.Ready or ModelState.Paused or ModelState.Failed;
        if (
            !isOver
            && !await db.Jobs.AnyAsync(j => j.Id == model.JobId && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running), ct)
        )
        {
            // Its work died again and again, or before it could write how it ended.
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
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await StartAsync(job, ct);
        return id;
    }

    /// <summary>Adds the work to what is saved next. When that is done, it is <see cref="StartAsync">started</see>.</summary>
    internal Job Order(PersonalModel model)
    {
        var job = new Job
        {
            OwnerId = model.OwnerId,
            Kind = InstallWork.KindOfJob,
            Subject = model.Id,
            CreatedAt = store.Now,
        };
        model.JobId = job.Id;
        db.Jobs.Add(job);
        return job;
    }

    internal Task StartAsync(Job job, CancellationToken ct) => jobs.StartAsync(job, ct);

    internal Task<Outcome<Job>> EndAsync(PersonalModel model, CancellationToken ct) => jobs.CancelAsync(model.OwnerId, model.JobId, ct);
}
