using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Installing;

namespace Republic.Core.PersonalModels;

/// <summary>Asks for models, pauses and resumes their way here, renames and removes them.</summary>
public sealed class PersonalModelEditor(
    RepublicDb db,
    ModelOrders orders,
    ModelNames names,
    PersonalModelStore store,
    JobControl jobs,
    AuditLog audit
)
{
    /// <summary>Begins to fetch a file, and to install it.</summary>
    public async Task<Outcome<Guid>> DownloadAsync(Guid owner, ModelOrder order, CancellationToken ct)
    {
        var read = orders.Read(order);
        if (!read.Ok)
        {
            return read.Failure;
        }

        var wanted = read.Value;
        var url = wanted.Url.AbsoluteUri;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await store.Quota.LockAsync(db, owner, ct);
        if (await db.PersonalModels.OwnedBy(owner).FirstOrDefaultAsync(m => m.SourceUrl == url, ct) is { } same)
        {
            // Asked for twice, it is the same model; what was said of it since counts.
            var isNew = order.LoadAnyway == true && !same.LoadAnyway;
            same.LoadAnyway |= isNew;
            await SaveAsync(same, ct);
            await transaction.CommitAsync(ct);
            store.Changed(same);
            await (isNew ? audit.WriteAsync(AuditActions.ModelLoadedAnyway, same.Name) : Task.CompletedTask);
            return same.Id;
        }

        if (await store.Quota.RefusalAsync(db, owner, Math.Max(1, wanted.Bytes), ct) is { } full)
        {
            return full;
        }

        var model = store.New(owner, Guid.CreateVersion7(), wanted.Origin, wanted.ModelId);
        var named = await NameAsync(
            owner,
            order.CustomName,
            wanted.Variant is { } quantization ? $"{ShortId(wanted.ModelId)}-{quantization}" : wanted.ModelId,
            ct
        );
        if (!named.Ok)
        {
            return named.Failure;
        }

        model.Name = named.Value;
        model.Variant = wanted.Variant;
        model.SourceUrl = url;
        model.SecondUrl = wanted.SecondUrl?.AbsoluteUri;
        model.ExpectedSha256 = wanted.Sha256;
        model.Bytes = wanted.Bytes;
        model.LoadAnyway = order.LoadAnyway == true;
        db.PersonalModels.Add(model);
        var job = Order(model);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await audit.WriteAsync(AuditActions.ModelDownloaded, $"{model.Name} from {wanted.Url.GetLeftPart(UriPartial.Path)}");
        if (model.LoadAnyway)
        {
            await audit.WriteAsync(AuditActions.ModelLoadedAnyway, model.Name);
        }

        await jobs.StartAsync(job, ct);
        return model.Id;
    }

    /// <summary>Installs an upload, which is this model's from then on.</summary>
    public async Task<Outcome<Guid>> AddAsync(Guid owner, ReceivedFile received, string? customName, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await store.Quota.LockAsync(db, owner, ct);
        if (await store.Quota.RefusalAsync(db, owner, received.Bytes, ct) is { } full)
        {
            return full;
        }

        var file = Path.GetFileNameWithoutExtension(received.Name ?? "model");
        var named = await NameAsync(owner, customName, file, ct);
        if (!named.Ok)
        {
            return named.Failure;
        }

        var model = store.New(owner, received.Id, ModelOrigin.Upload, file);
        model.Name = named.Value;
        model.Bytes = received.Bytes;
        model.ExpectedSha256 = received.Sha256;
        model.State = ModelState.Verifying;
        db.PersonalModels.Add(model);
        var job = Order(model);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        received.Keep();
        await jobs.StartAsync(job, ct);
        return model.Id;
    }

    public async Task<Outcome<Guid>> RenameAsync(Guid owner, Guid id, string name, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await store.Quota.LockAsync(db, owner, ct);
        if (await FindAsync(owner, id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        var named = await names.CheckAsync(db, owner, name, id, ct);
        if (!named.Ok)
        {
            return named.Failure;
        }

        await names.RenameInMinionsAsync(db, model, named.Value, ct);
        model.Name = named.Value;
        await SaveAsync(model, ct);
        await transaction.CommitAsync(ct);
        store.Changed(model);
        return id;
    }

    /// <summary>Stops it for a while; what is here of its file is kept.</summary>
    public async Task<Outcome<Guid>> PauseAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } model)
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
        var cancelled = await jobs.CancelAsync(owner, model.JobId, ct);
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
        await SaveAsync(model, ct);
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

    /// <summary>Gone for good, with its file where nobody else has it. Minions that use it stay, and do not answer until they have another model.</summary>
    public async Task<Outcome<string>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        await jobs.CancelAsync(owner, model.JobId, ct);
        // The work may have installed its file meanwhile.
        await db.Entry(model).ReloadAsync(ct);
        await store.RemoveAsync(db, model, ct);
        await audit.WriteAsync(AuditActions.ModelRemoved, model.Name);
        store.Changed(model);
        return model.Name;
    }

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
        await SaveAsync(model, ct);
        await transaction.CommitAsync(ct);
        await jobs.StartAsync(job, ct);
        return id;
    }

    private async Task<Outcome<string>> NameAsync(Guid owner, string? given, string like, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(given)
            ? await names.FreeAsync(db, owner, like, ct)
            : await names.CheckAsync(db, owner, given, self: null, ct);

    private Job Order(PersonalModel model)
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

    private Task SaveAsync(PersonalModel model, CancellationToken ct)
    {
        model.UpdatedAt = store.Now;
        return db.SaveChangesAsync(ct);
    }

    private Task<PersonalModel?> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.PersonalModels.OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct);

    private static string ShortId(string modelId) => modelId[(modelId.LastIndexOf('/') + 1)..];
}
