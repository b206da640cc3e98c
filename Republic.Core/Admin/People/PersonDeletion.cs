using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.PersonalModels.Serving;

namespace Republic.Core.Admin.People;

/// <summary>Deletes an account with all that is its own. Files that no row names any more are swept within the next hours.</summary>
public sealed class PersonDeletion(RepublicDb db, PersonEditor editor, ServedModelEditor models, AuditLog audit)
{
    /// <returns>The display name of the deleted person.</returns>
    public async Task<Outcome<string>> DeleteAsync(Guid by, Guid id, CancellationToken ct)
    {
        if (id == by)
        {
            return Failure.Conflict("You cannot delete your own account. Ask another superuser.");
        }

        // Deactivated first: nothing new begins, and what runs lets go of what is deleted.
        if (await editor.DeactivateAsync(by, id, ct) is { Ok: false } refused)
        {
            return refused.Failure;
        }

        var person = await db
            .Users.AsNoTracking()
            .Where(p => p.Id == id)
            .Select(p => new { p.Citizen.DisplayName, p.Email })
            .SingleAsync(ct);
        var files = await db.PersonalModels.OwnedBy(id).Where(m => m.Sha256 != null).Select(m => m.Sha256!).Distinct().ToListAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Tasks that they made as guests of others are the others', who keep them.
        await db
            .Tasks.Where(t => t.OwnerId != id && (t.CreatedBy == id || db.Minions.Any(m => m.Id == t.CreatedBy && m.OwnerId == id)))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.CreatedBy, t => t.OwnerId), ct);
        // The rows of all nouns hang on the citizen of their owner or of one of the owner's minions.
        await db.Citizens.Where(c => c.Id == id || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == id)).ExecuteDeleteAsync(ct);
        await audit.AppendAsync(db, by, AuditActions.PersonDeleted, $"{person.DisplayName} ({person.Email})", ct);
        await transaction.CommitAsync(ct);
        foreach (var file in files)
        {
            await models.FollowDeletionAsync(file, ct);
        }

        return person.DisplayName;
    }
}
