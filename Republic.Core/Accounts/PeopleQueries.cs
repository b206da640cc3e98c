using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

internal static class PeopleQueries
{
    public static readonly Failure OnlySuperusers = Failure.Forbidden("Only a superuser administers people.");

    public static IQueryable<Person> Administering(this IQueryable<Person> people) =>
        people.Where(p => p.IsSuperuser && p.DeactivatedAt == null);

    /// <summary>Whether a person is a superuser who is not deactivated now: the role that their request came with may have been taken away since.</summary>
    /// <param name="by">Null in a terminal, where whoever types may.</param>
    public static async Task<bool> AdministersAsync(this RepublicDb db, Guid? by, CancellationToken ct) =>
        by is null || await db.Users.Administering().AnyAsync(p => p.Id == by, ct);

    /// <summary>Locks the account of whoever asks and says whether they administer: they then do so until the transaction ends.</summary>
    /// <param name="by">Null in a terminal, where whoever types may.</param>
    public static async Task<bool> KeepsAdministeringAsync(this RepublicDb db, Guid? by, CancellationToken ct)
    {
        await db.LockPeopleAsync([by], ct);
        return await db.AdministersAsync(by, ct);
    }

    /// <summary>
    /// Until the transaction ends nobody else changes or deletes these accounts. Rows that refer to them are written meanwhile: their foreign
    /// keys would wait for a plain <c>for update</c>.
    /// </summary>
    public static Task LockPeopleAsync(this RepublicDb db, IEnumerable<Guid?> ids, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"select 1 from people where id = any({ids.OfType<Guid>().ToArray()}) order by id for no key update",
            ct
        );
}
