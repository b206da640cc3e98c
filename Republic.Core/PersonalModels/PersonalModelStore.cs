using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels;

/// <summary>
/// Handles what a personal model has outside its row: its files, the cached names, and the live events about its changes.
/// </summary>
public sealed class PersonalModelStore(
    ModelQuota quota,
    IncomingFiles incoming,
    ModelFiles files,
    CredentialCache names,
    LiveEvents live,
    TimeProvider time
)
{
    public ModelQuota Quota => quota;

    internal DateTimeOffset Now => time.GetUtcNow();

    internal PersonalModel New(Guid owner, Guid id, ModelOrigin origin, string modelId, Guid? quantizedFrom = null) =>
        new()
        {
            Id = id,
            OwnerId = owner,
            ModelId = modelId,
            Name = "",
            Origin = origin,
            QuantizedFrom = quantizedFrom,
            CreatedAt = Now,
            UpdatedAt = Now,
        };

    /// <summary>Deletes the row, in the caller's transaction.</summary>
    /// <returns>False where another request has deleted it.</returns>
    internal async Task<bool> RemoveRowAsync(RepublicDb db, PersonalModel model, CancellationToken ct)
    {
        await RemovedModels.KeepAsync(db, model, Now, ct);
        return await db.PersonalModels.Where(m => m.Id == model.Id).ExecuteDeleteAsync(ct) > 0;
    }

    /// <summary>
    /// Deletes what was downloaded of it, and its file where nobody else has it. For when the row is gone for good: a deletion that was undone
    /// would leave a row without its file.
    /// </summary>
    internal async Task DeleteFilesAsync(RepublicDb db, PersonalModel model)
    {
        incoming.Delete(model.Id);
        if (model.Sha256 is { } sha256)
        {
            await DeleteUnusedAsync(db, new FileHash(sha256), CancellationToken.None);
        }
    }

    /// <summary>Deletes a file that no row names, under its lock, because somebody may be installing the same file.</summary>
    internal async Task DeleteUnusedAsync(RepublicDb db, FileHash file, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(db, file.Hex, ct);
        if (!await db.PersonalModels.AnyAsync(m => m.Sha256 == file.Hex, ct))
        {
            files.Delete(file);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Moves a complete file to the installed models, in the transaction that saves the row.</summary>
    /// <returns>Null on success; else the failure to show.</returns>
    internal async Task<Failure?> InstallAsync(RepublicDb db, Guid id, string sha256, CancellationToken ct)
    {
        await LockAsync(db, sha256, ct);
        if (File.Exists(incoming.PathOf(id)))
        {
            files.Take(incoming.PathOf(id), sha256);
            incoming.Delete(id);
        }

        return File.Exists(files.PathOf(sha256))
            ? null
            : Failure.Conflict("The file of this model is missing on the server. Delete the model, and add it again.");
    }

    internal void Changed(PersonalModel model)
    {
        names.ModelsChanged(model.OwnerId);
        live.Publish(model.OwnerId, new LiveEvent("personal_model.changed", model.Id, null));
    }

    /// <summary>Takes an advisory lock: until the transaction ends, nobody else installs or deletes this file.</summary>
    internal static Task LockAsync(RepublicDb db, string sha256, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({sha256}, {AdvisoryLocks.PersonalModelStore}))", ct);
}
