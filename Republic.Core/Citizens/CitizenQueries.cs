using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Citizens;

public static class CitizenQueries
{
    /// <summary>
    /// The citizens that a person may see: themselves, their minions, and people with whom they share a task that was accepted, whoever of
    /// the two owns it. Everybody else does not exist for them.
    /// </summary>
    public static IQueryable<Citizen> VisibleTo(this IQueryable<Citizen> citizens, RepublicDb db, Guid person) =>
        citizens.Where(c =>
            c.Id == person
            || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == person && m.DeletedAt == null)
            || db.TaskShares.Any(s =>
                s.AcceptedAt != null && ((s.OwnerId == person && s.PersonId == c.Id) || (s.PersonId == person && s.OwnerId == c.Id))
            )
        );

    /// <summary>The person and their minions.</summary>
    public static IQueryable<Citizen> EditableBy(this IQueryable<Citizen> citizens, RepublicDb db, Guid person) =>
        citizens.Where(c => c.Id == person || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == person && m.DeletedAt == null));

    /// <summary>Held until the transaction ends, so that whoever else changes this citizen waits.</summary>
    /// <returns>False: the person may not change this citizen, or there is none.</returns>
    internal static async Task<bool> LockCitizenAsync(this RepublicDb db, Guid person, Guid id, CancellationToken ct)
    {
        if (!await db.Citizens.EditableBy(db, person).AnyAsync(c => c.Id == id, ct))
        {
            return false;
        }

        // A minion's own form writes its skills too, and holds this row meanwhile.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {id} for no key update", ct);
        await db.Database.ExecuteSqlAsync($"select 1 from citizens where id = {id} for no key update", ct);
        return true;
    }
}
