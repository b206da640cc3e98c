using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.PersonalModels.Missing;

internal static class RemovedModels
{
    /// <summary>Keeps what a model was, where minions name it, in the transaction that deletes it.</summary>
    public static async Task KeepAsync(RepublicDb db, PersonalModel model, DateTimeOffset now, CancellationToken ct)
    {
        var (owner, name) = (model.OwnerId, model.Name);
        // A deleted minion may be restored.
        var minions = await db
            .Minions.AsNoTracking()
            .OwnedBy(owner)
            .Select(minion => new { minion.ModelId, minion.Fallbacks })
            .ToListAsync(ct);
        if (!minions.Exists(minion => minion.ModelId == name || minion.Fallbacks.Exists(fallback => fallback.ModelId == name)))
        {
            return;
        }

        var relatives = await db
            .PersonalModels.OwnedBy(owner)
            .Where(m =>
                m.Id != model.Id
                && (
                    m.Id == model.QuantizedFrom
                    || m.QuantizedFrom == model.Id
                    || (model.QuantizedFrom != null && m.QuantizedFrom == model.QuantizedFrom)
                )
            )
            .Select(m => m.Id)
            .ToListAsync(ct);
        var removed = await db.RemovedModels.OwnedBy(owner).SingleOrDefaultAsync(m => m.Name == name, ct);
        if (removed is null)
        {
            removed = new RemovedModel
            {
                OwnerId = owner,
                Name = name,
                ModelId = model.ModelId,
                RemovedAt = now,
            };
            db.RemovedModels.Add(removed);
        }

        (removed.ModelId, removed.Sha256, removed.Bytes) = (model.ModelId, model.Sha256, model.Bytes);
        (removed.Relatives, removed.RemovedAt) = (relatives, now);
        await db.SaveChangesAsync(ct);
    }
}
