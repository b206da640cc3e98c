using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.PersonalModels.Installing;
using Republic.Core.PersonalModels.Managing;

namespace Republic.Core.PersonalModels;

/// <summary>Adds, changes and deletes the models of a person.</summary>
public sealed class PersonalModelEditor(
    RepublicDb db,
    ModelOrders orders,
    ModelNames names,
    PersonalModelStore store,
    InstallControl install,
    AuditLog audit
)
{
    /// <summary>Starts to download and install a model. A URL that the owner has already gives the existing model.</summary>
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
        // Locked, so that no resume begins with a SHA-256 that is replaced here.
        var same = await db
            .PersonalModels.FromSql($"select * from user_personal_models where source_url = {url} and owner_id = {owner} for update")
            .FirstOrDefaultAsync(ct);
        if (same is not null)
        {
            if (!string.IsNullOrWhiteSpace(order.Sha256) && await ExpectAsync(same, wanted.Sha256!, ct) is { } refused)
            {
                return refused;
            }

            // A second order for the same file means the same model; only its SHA-256 and its "load anyway" are taken over.
            var isNew = order.LoadAnyway == true && !same.LoadAnyway;
            same.LoadAnyway |= isNew;
            same.UpdatedAt = store.Now;
            await audit.CommitAsync(db, isNew ? AuditActions.ModelLoadedAnyway : null, same.Name, ct);
            store.Changed(same);
            return same.Id;
        }

        if (await store.Quota.NewRefusalAsync(db, owner, Math.Max(1, wanted.Bytes), ct) is { } full)
        {
            return full;
        }

        var like = wanted.Variant is { } quantization ? $"{ShortId(wanted.ModelId)}-{quantization}" : wanted.ModelId;
        var named = await NameAsync(owner, order.CustomName, like, ct);
        if (!named.Ok)
        {
            return named.Failure;
        }

        var model = New(owner, named.Value, wanted);
        model.LoadAnyway = order.LoadAnyway == true;
        db.PersonalModels.Add(model);
        var job = install.Order(model);
        if (model.LoadAnyway)
        {
            await audit.AppendAsync(db, audit.Asking, AuditActions.ModelLoadedAnyway, model.Name, ct);
        }

        await audit.CommitAsync(db, AuditActions.ModelDownloaded, $"{model.Name} from {wanted.Url.GetLeftPart(UriPartial.Path)}", ct);
        await install.StartAsync(job);
        return model.Id;
    }

    /// <summary>Installs an uploaded file, which belongs to the new model from then on.</summary>
    public async Task<Outcome<Guid>> AddAsync(Guid owner, ReceivedFile received, string? customName, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await store.Quota.LockAsync(db, owner, ct);
        if (await store.Quota.NewRefusalAsync(db, owner, received.Bytes, ct) is { } full)
        {
            return full;
        }

        var file = Path.GetFileNameWithoutExtension(received.Name) is { Length: > 0 } stem ? stem : "model";
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
        var job = install.Order(model);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        received.Keep();
        await install.StartAsync(job);
        return model.Id;
    }

    /// <summary>Renames a model. Minions that use it follow.</summary>
    public Task<Outcome<Guid>> RenameAsync(Guid owner, Guid id, string name, CancellationToken ct) =>
        ChangeAsync(owner, id, new ModelChange { CustomName = name }, ct);

    /// <summary>Changes the name and the settings of a model: all of what was given, or nothing. Minions that use it follow.</summary>
    public async Task<Outcome<Guid>> ChangeAsync(Guid owner, Guid id, ModelChange change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // No run of it is started meanwhile.
        await AdvisoryLocks.TakeAsync(db, owner, AdvisoryLocks.TrainingControl, ct);
        await store.Quota.LockAsync(db, owner, ct);
        // Locked, so that a concurrent deletion comes before or after it.
        var model = await db
            .PersonalModels.FromSql($"select * from user_personal_models where id = {id} and owner_id = {owner} for update")
            .SingleOrDefaultAsync(ct);
        if (model is null)
        {
            return Failure.NotFound("model");
        }

        var name =
            change.CustomName is { } given && given.Trim() != model.Name ? await names.CheckAsync(db, owner, given, id, ct) : model.Name;
        List<FieldError> problems = [.. name.Failure?.Fields ?? [], .. ModelSettings.Problems(change)];
        if (problems.Count > 0)
        {
            return Failure.Invalid(problems);
        }

        if (name.Value != model.Name)
        {
            if (await names.KeptByAsync(db, model, ct) is { } kept)
            {
                return kept;
            }

            await names.RenameInMinionsAsync(db, model, name.Value!, ct);
            model.Name = name.Value!;
        }

        ModelSettings.Put(change, model);
        model.UpdatedAt = store.Now;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        store.Changed(model);
        return id;
    }

    /// <summary>
    /// Deletes a model, and its file where nobody else has it. Minions that use it stay, and do not answer until they have another model;
    /// copies that were quantized from it stay as well.
    /// </summary>
    public async Task<Outcome<string>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, owner, AdvisoryLocks.TrainingControl, ct);
        if (await names.RunUnderWayAsync(db, model, ct) is { } run)
        {
            return Failure.Conflict($"The training run “{run}” works with it. Delete the model when that is over, or stop the run first.");
        }

        var cancelled = await install.CancelAsync(model, ct);
        // The job may have installed the file meanwhile.
        await db.Entry(model).ReloadAsync(ct);
        if (!await store.RemoveRowAsync(db, model, ct))
        {
            return Failure.NotFound("model");
        }

        await audit.CommitAsync(db, AuditActions.ModelRemoved, model.Name, ct);
        install.PublishEnd(cancelled);
        // Where this fails, the sweep finds a file that no row names; before the commit it could leave a row without its file.
        await install.AfterCommitAsync(_ => store.DeleteFilesAsync(db, model));
        store.Changed(model);
        return model.Name;
    }

    /// <summary>The file of the model is to have this SHA-256 from now on, where that is not decided yet.</summary>
    private async Task<Failure?> ExpectAsync(PersonalModel model, string sha256, CancellationToken ct)
    {
        if (model.ExpectedSha256 == sha256)
        {
            return null;
        }

        // From there on it is the SHA-256 of the file that is here.
        if ((model.StoppedAt ?? model.State) >= ModelState.Verifying)
        {
            return Failure.Invalid(
                "sha256",
                $"The file that you have from this URL as “{model.Name}” has the SHA-256 {model.ExpectedSha256}. "
                    + "Delete that model to download the file again."
            );
        }

        if (await install.IsUnderWayAsync(model, ct))
        {
            return Failure.Invalid(
                "sha256",
                $"“{model.Name}” is being downloaded from this URL without this SHA-256. Pause it, then order it again."
            );
        }

        model.ExpectedSha256 = sha256;
        return null;
    }

    private PersonalModel New(Guid owner, string name, WantedFile wanted)
    {
        var model = store.New(owner, Guid.CreateVersion7(), wanted.Origin, wanted.ModelId);
        model.Name = name;
        model.Variant = wanted.Variant;
        model.SourceUrl = wanted.Url.AbsoluteUri;
        model.SecondUrl = wanted.SecondUrl?.AbsoluteUri;
        model.ExpectedSha256 = wanted.Sha256;
        model.Bytes = wanted.Bytes;
        return model;
    }

    private async Task<Outcome<string>> NameAsync(Guid owner, string? given, string like, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(given)
            ? await names.FreeAsync(db, owner, like, ct)
            : await names.CheckAsync(db, owner, given, self: null, ct);

    private Task<PersonalModel?> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.PersonalModels.OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct);

    private static string ShortId(string modelId) => modelId[(modelId.LastIndexOf('/') + 1)..];
}
