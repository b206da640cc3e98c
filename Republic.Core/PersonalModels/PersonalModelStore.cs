using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels;

/// <summary>What belongs to a personal model outside its row: its files, the minions that name it, and whoever is to hear of a change.</summary>
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

    internal PersonalModel New(Guid owner, Guid id, ModelOrigin origin, string modelId) =>
        new()
        {
            Id = id,
            OwnerId = owner,
            ModelId = modelId,
            Name = "",
            Origin = origin,
            CreatedAt = Now,
            UpdatedAt = Now,
        };

    /// <summary>Takes the row away, and the file if nobody else has it.</summary>
    internal async Task RemoveAsync(RepublicDb db, PersonalModel model, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (model.Sha256 is { } digest)
        {
            await LockAsync(db, digest, ct);
        }

        db.PersonalModels.Remove(model);
        await db.SaveChangesAsync(ct);
        if (model.Sha256 is { } sha256 && !await db.PersonalModels.AnyAsync(m => m.Sha256 == sha256, ct))
        {
            files.Delete(new FileHash(sha256));
        }

        await transaction.CommitAsync(ct);
        incoming.Delete(model.Id);
    }

    /// <summary>Gives a file that is whole its name, in the transaction that saves it.</summary>
    /// <returns>Why it cannot.</returns>
    internal async Task<Failure?> InstallAsync(RepublicDb db, Guid id, string sha256, CancellationToken ct)
    {
        await LockAsync(db, sha256, ct);
        if (File.Exists(incoming.PathOf(id)))
        {
            files.Take(incoming.PathOf(id), sha256);
            incoming.Delete(id);
        }

        return File.Exists(files.PathOf(sha256)) ? null : Failure.Conflict("Its file is not here any more. Delete it, and get it anew.");
    }

    internal void Changed(PersonalModel model)
    {
        names.ModelsChanged(model.OwnerId);
        live.Publish(model.OwnerId, new LiveEvent("personal_model.changed", model.Id, null));
    }

    /// <summary>Until the transaction ends, nobody else installs or removes this file.</summary>
    internal static Task LockAsync(RepublicDb db, string sha256, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({sha256}, 1))", ct);
}
